package org.metafusion.sql;

import java.util.Map;

/** Where the values of one column go among a modality's features. */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface FeaturePart {

    SourceColumn column();

    /** A number becomes feature {@code place}. */
    record Scalar(SourceColumn column, int place) implements FeaturePart {}

    /**
     * A level of a category sets one feature to 1 and the category's others to 0.
     *
     * @param places of the levels that have a feature
     * @param other of all further levels; below 0 where they have none and set nothing
     */
    record OneHot(SourceColumn column, Map<String, Integer> places, int other) implements FeaturePart {}

    /** Element {@code i} of a list becomes feature {@code places[i]}. */
    record Embedding(SourceColumn column, int[] places) implements FeaturePart {

        /** The list's values, so many a row: as many NULLs for a NULL, and a complaint for another length. */
        String values(String id) {
            String list = "CAST(" + Sql.name(column.name()) + " AS FLOAT[])";
            String length = "len(" + list + ")";
            String row = id.isEmpty() ? "''" : "', id ''' || CAST(" + Sql.name(id) + " AS VARCHAR) || ''''";
            return "unnest(CASE WHEN " + length + " = " + places.length + " THEN " + list + " WHEN "
                    + Sql.name(column.name()) + " IS NULL THEN list_resize([NULL::FLOAT], " + places.length + ") ELSE "
                    + Sql.complaint(row + " || " + Sql.text(", column '" + column.name() + "': the list has ") + " || "
                            + length + " || "
                            + Sql.text(" values but there should be " + places.length
                                    + "; give every row a list of that length, or NULL where the modality is missing"))
                    + " END)";
        }
    }
}
