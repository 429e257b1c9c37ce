@NullMarked
package org.metafusion.testkit.arch.planted.sql;

import org.jspecify.annotations.NullMarked;
