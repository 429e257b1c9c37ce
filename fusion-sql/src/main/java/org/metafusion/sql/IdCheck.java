package org.metafusion.sql;

import java.util.List;

/** Sees to it that every row has an id of its own. */
record IdCheck(Engine engine, String relation) {

    void require(String id) {
        String value = "trim(CAST(" + Sql.name(id) + " AS VARCHAR))";
        List<List<String>> bad = engine.all(
                "SELECT " + value + ", count(*) FROM " + relation + " GROUP BY 1 HAVING count(*) > 1" + " OR any_value("
                        + value + ") IS NULL OR any_value(" + value + ") = '' ORDER BY 1 NULLS FIRST LIMIT 1");
        for (List<String> row : bad) {
            throw engine.error("column '" + id + "': "
                    + (row.get(0).isEmpty()
                            ? "there is a row without an id; give the row an id or remove it"
                            : "id '" + row.get(0) + "' is there " + row.get(1) + " times; give each row its own id"));
        }
    }
}
