package org.metafusion.data.folder;

import java.util.List;

/**
 * What a table says of its rows beside features, as text: the columns that {@code labels.csv} has in a folder.
 *
 * @param source what messages call the table, such as its path
 * @param labelNames the columns of labels: one, or several targets to regress on
 * @param labels for each of these columns a text a row; blank where there is none
 * @param splits {@code train} or {@code test} a row; empty where the table does not divide its rows
 * @param groups the group of each row; empty where rows are independent
 */
public record TableRows(
        String source,
        List<String> labelNames,
        List<String> ids,
        List<List<String>> labels,
        List<String> splits,
        List<String> groups) {}
