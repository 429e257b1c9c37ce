package org.metafusion.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;

/**
 * Finds the features of a model among a table's columns, by their names: {@code p} is a column {@code p}, {@code image.p} or
 * {@code image_p} of modality {@code image}; {@code image_7} may be an element of a list {@code image}; {@code colour=red} a
 * level of a column {@code colour}. Columns the model does not know are left out.
 */
record KnownModalities(TableColumns columns, List<Modality> expected) {

    private static final int NAMED = 5;

    /** What columns may be called whose values are levels. */
    static Set<String> categories(List<Modality> expected) {
        Set<String> names = new HashSet<>();
        for (Modality modality : expected) {
            for (String feature : modality.features()) {
                int equals = feature.indexOf('=');
                if (equals > 0) {
                    String column = feature.substring(0, equals);
                    names.addAll(List.of(column, modality.name() + "." + column, modality.name() + "_" + column));
                }
            }
        }
        expected.forEach(modality -> modality.features().forEach(names::remove)); // Those are numbers.
        return names;
    }

    List<ModalityPlan> plans() {
        List<ModalityPlan> plans = expected.stream().map(this::plan).toList();
        if (plans.stream().allMatch(plan -> plan.parts().isEmpty())) {
            throw columns.error("there is no column of any modality of the model; it knows "
                    + String.join(
                            ", ",
                            expected.stream().map(KnownModalities::described).toList())
                    + ", so name the columns by --columns or a mapping file");
        }
        return plans;
    }

    private static String described(Modality modality) {
        String first = modality.features().get(0);
        return "'" + modality.name() + "' (" + (modality.width() == 1 ? "" : modality.width() + " features, ") + "'"
                + first + "'" + (modality.width() == 1 ? ")" : ", ...)");
    }

    private ModalityPlan plan(Modality modality) {
        Map<String, SourceColumn> byName = new HashMap<>();
        List<SourceColumn> candidates = columns.chosen(modality.name()).orElseGet(columns::free);
        candidates.forEach(column -> byName.put(column.within(modality.name()), column));
        candidates.forEach(column -> byName.put(column.name(), column));
        Found found = new Found(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        for (int place = 0; place < modality.width(); place++) {
            find(modality.features().get(place), place, byName, found);
        }
        List<FeaturePart> parts = found.parts();
        if (!found.lacking().isEmpty()
                && !(parts.isEmpty()
                        && columns.chosen(modality.name()).orElse(List.of()).isEmpty())) {
            throw lacking(modality, found.lacking());
        }
        return new ModalityPlan(modality, parts);
    }

    private void find(String feature, int place, Map<String, SourceColumn> byName, Found found) {
        Optional<SourceColumn> whole = Optional.ofNullable(byName.get(feature));
        if (whole.filter(KnownModalities::isNumber).isPresent()) {
            found.scalars().add(new FeaturePart.Scalar(whole.get(), place));
            return;
        }
        int equals = feature.indexOf('=');
        Optional<SourceColumn> category =
                Optional.ofNullable(equals > 0 ? byName.get(feature.substring(0, equals)) : null);
        if (category.filter(column -> column.kind() == SourceColumn.Kind.CATEGORY)
                .isPresent()) {
            found.levels()
                    .computeIfAbsent(category.get(), column -> new LinkedHashMap<>())
                    .put(feature.substring(equals + 1), place);
            return;
        }
        int underscore = feature.lastIndexOf('_');
        Optional<SourceColumn> list =
                Optional.ofNullable(underscore > 0 ? byName.get(feature.substring(0, underscore)) : null);
        if (list.filter(SourceColumn::isList).isPresent()
                && feature.substring(underscore + 1).matches("\\d{1,9}")) {
            found.elements()
                    .computeIfAbsent(list.get(), column -> new TreeMap<>())
                    .put(Integer.valueOf(feature.substring(underscore + 1)), place);
            return;
        }
        found.lacking().add(feature);
    }

    private static boolean isNumber(SourceColumn column) {
        return column.kind() == SourceColumn.Kind.NUMBER || column.kind() == SourceColumn.Kind.TIME;
    }

    private FusionException lacking(Modality modality, List<String> lacking) {
        String first = String.join(
                ", ",
                lacking.stream().limit(NAMED).map(name -> "'" + name + "'").toList());
        return columns.error("modality '" + modality.name() + "' must have the " + modality.width()
                + (modality.width() == 1 ? " feature" : " features") + " of the model but has no number for "
                + lacking.size() + ": " + first
                + (lacking.size() > NAMED ? " and " + (lacking.size() - NAMED) + " more" : "")
                + "; give the columns the model was trained on");
    }

    /** What has been found of a modality so far. */
    private record Found(
            List<FeaturePart> scalars,
            Map<SourceColumn, Map<String, Integer>> levels,
            Map<SourceColumn, TreeMap<Integer, Integer>> elements,
            List<String> lacking) {

        List<FeaturePart> parts() {
            List<FeaturePart> parts = new ArrayList<>(scalars);
            levels.forEach((column, places) -> parts.add(new FeaturePart.OneHot(column, places, other(places))));
            elements.forEach((column, places) -> parts.add(new FeaturePart.Embedding(
                    column, places.values().stream().mapToInt(place -> place).toArray())));
            return parts;
        }

        /** As many levels as there can be say that the model's table had more. */
        private static int other(Map<String, Integer> places) {
            return places.size() >= Levels.MOST ? places.getOrDefault(Levels.OTHER, -1) : -1;
        }
    }
}
