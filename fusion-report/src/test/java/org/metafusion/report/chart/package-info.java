@NullMarked
package org.metafusion.report.chart;

import org.jspecify.annotations.NullMarked;
