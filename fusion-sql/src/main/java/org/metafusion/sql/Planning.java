package org.metafusion.sql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.modality.Modality;

/** Makes modalities of a table's columns, to learn from. */
record Planning(Engine engine, String relation, TableColumns columns, BitSet train, List<String> notes) {

    List<ModalityPlan> plans() {
        List<ModalityPlan> plans = new ArrayList<>();
        columns.modalities().forEach((name, of) -> plans.add(plan(name, of)));
        return plans;
    }

    private ModalityPlan plan(String modality, List<SourceColumn> of) {
        List<String> features = new ArrayList<>();
        List<FeaturePart> parts = new ArrayList<>();
        for (SourceColumn column : of) {
            switch (column.kind()) {
                case NUMBER -> parts.add(scalar(column, modality, features));
                case TIME -> {
                    parts.add(scalar(column, modality, features));
                    notes.add("column '" + column.name() + "' is taken as days since 1970-01-01 UTC");
                }
                case CATEGORY -> parts.add(oneHot(column, features));
                case LIST -> parts.add(embedding(column, features));
                case OTHER ->
                    throw engine.error("column '" + column.name() + "' is of type " + column.type()
                            + ", of which no numbers are made; convert it by a query, or leave it out (ignore in a mapping"
                            + " file, or --columns)");
            }
        }
        return new ModalityPlan(new Modality(modality, features), parts);
    }

    private static FeaturePart scalar(SourceColumn column, String modality, List<String> features) {
        String name = column.name();
        features.add(name.startsWith(modality + ".") ? column.within(modality) : name);
        return new FeaturePart.Scalar(column, features.size() - 1);
    }

    private FeaturePart oneHot(SourceColumn column, List<String> features) {
        List<String> levels = new Levels(engine, relation, train).of(column);
        Map<String, Integer> places = new LinkedHashMap<>();
        int other = -1;
        for (String level : levels) {
            other = levels.size() > Levels.MOST - 1 && level.equals(Levels.OTHER) ? features.size() : other;
            places.put(level, features.size());
            features.add(Levels.feature(column.name(), level));
        }
        notes.add("column '" + column.name() + "' is a category of " + levels.size()
                + (levels.size() == 1 ? " level" : " levels") + (other >= 0 ? ", the last for all others," : "")
                + " and a 0-or-1 feature each; a level not seen here sets "
                + (other >= 0 ? "'" + Levels.OTHER + "'" : "none"));
        return new FeaturePart.OneHot(column, places, other);
    }

    private FeaturePart embedding(SourceColumn column, List<String> features) {
        int[] places = new int[width(column)];
        for (int i = 0; i < places.length; i++) {
            places[i] = features.size();
            features.add(column.name() + "_" + i);
        }
        return new FeaturePart.Embedding(column, places);
    }

    private int width(SourceColumn column) {
        String name = Sql.name(column.name());
        List<List<String>> first =
                engine.all("SELECT len(" + name + ") FROM " + relation + " WHERE " + name + " IS NOT NULL LIMIT 1");
        if (first.isEmpty() || first.get(0).get(0).equals("0")) {
            throw engine.error("column '" + column.name() + "' has "
                    + (first.isEmpty() ? "no list in any row" : "an empty list")
                    + "; give lists of numbers, and NULL where the modality is missing");
        }
        return Integer.parseInt(first.get(0).get(0));
    }
}
