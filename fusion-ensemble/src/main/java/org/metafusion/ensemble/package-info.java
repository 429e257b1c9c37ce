/** The MetaFusion facade, its configuration and its Guice module. */
@NullMarked
package org.metafusion.ensemble;

import org.jspecify.annotations.NullMarked;
