package org.metafusion.sql;

/** How names and texts are written in SQL. */
final class Sql {

    private Sql() {}

    static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** An expression that ends the query with a complaint of ours. */
    static String complaint(String expression) {
        return "error(" + text(Engine.MARK) + " || " + expression + ")";
    }
}
