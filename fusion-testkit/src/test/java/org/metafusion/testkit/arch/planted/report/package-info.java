@NullMarked
package org.metafusion.testkit.arch.planted.report;

import org.jspecify.annotations.NullMarked;
