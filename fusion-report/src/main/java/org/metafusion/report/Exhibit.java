package org.metafusion.report;

import org.metafusion.report.chart.Chart;

/**
 * A chart with its heading and a sentence that says what to see; its figures are shown as a table as well.
 *
 * @param id within the page
 */
public record Exhibit(String id, String heading, String lead, Chart chart) {}
