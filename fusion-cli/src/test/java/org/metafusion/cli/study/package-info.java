@NullMarked
package org.metafusion.cli.study;

import org.jspecify.annotations.NullMarked;
