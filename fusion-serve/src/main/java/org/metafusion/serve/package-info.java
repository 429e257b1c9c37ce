/** A model in service over HTTP: JSON in and out. */
@NullMarked
package org.metafusion.serve;

import org.jspecify.annotations.NullMarked;
