/** Charts as typed data, and the Vega-Lite specifications that draw them. */
@NullMarked
package org.metafusion.report.chart;

import org.jspecify.annotations.NullMarked;
