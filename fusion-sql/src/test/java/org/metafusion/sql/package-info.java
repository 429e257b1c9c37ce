@NullMarked
package org.metafusion.sql;

import org.jspecify.annotations.NullMarked;
