package org.metafusion.report.chart;

/** A chart as typed data: complete enough to be drawn, and to be read as a table. */
public sealed interface Chart permits Bars, Dots, HeatMap, Lines {

    /** The figures that are drawn, all of them. */
    DataTable table();

    /** Whether nothing can be drawn. */
    boolean isEmpty();
}
