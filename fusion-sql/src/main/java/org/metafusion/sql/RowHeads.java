package org.metafusion.sql;

import java.util.List;

/**
 * What a table says of its rows beside features, as text.
 *
 * @param labelNames the label columns
 * @param labels for each of them a text a row, blank for NULL
 * @param splits {@code train} or {@code test} a row; empty where rows are not divided
 * @param groups a text a row; empty where there are none
 */
public record RowHeads(
        List<String> ids,
        List<String> labelNames,
        List<List<String>> labels,
        List<String> splits,
        List<String> groups) {}
