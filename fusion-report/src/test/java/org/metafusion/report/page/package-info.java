@NullMarked
package org.metafusion.report.page;

import org.jspecify.annotations.NullMarked;
