/** The CPU backend: queued calls run student by student, matrix products by EJML, packed loops or the Vector API. */
@NullMarked
package org.metafusion.cpu;

import org.jspecify.annotations.NullMarked;
