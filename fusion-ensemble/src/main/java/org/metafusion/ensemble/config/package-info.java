/** Configuration: one table of keys, read from a file, the environment and system properties. */
@NullMarked
package org.metafusion.ensemble.config;

import org.jspecify.annotations.NullMarked;
