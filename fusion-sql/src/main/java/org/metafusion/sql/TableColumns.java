package org.metafusion.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.metafusion.core.FusionException;

/** What each column of a table is: a role, a feature of a modality, or left out. */
final class TableColumns {

    /** The modality of columns whose names say nothing. */
    static final String REST = "table";

    private static final Pattern NUMBERED = Pattern.compile("(.*[^0-9_])_?[0-9]+");

    private final Engine engine;
    private final List<SourceColumn> all;
    private final Optional<String> id;
    private final List<String> labels;
    private final Optional<String> split;
    private final Optional<String> group;
    private final ColumnChoice choice;
    private final Roles roles;
    private final Set<String> taken;

    TableColumns(Engine engine, List<SourceColumn> all, TableMapping mapping) {
        this.engine = engine;
        this.all = all;
        this.choice = mapping.columns();
        Roles roles = mapping.roles();
        this.roles = roles;
        this.id = roles.id().map(name -> named(name).name()).or(() -> usual("id"));
        this.split = roles.random().isPresent() ? Optional.empty() : role(roles.split(), "split");
        this.group = role(roles.group(), "group");
        this.labels = roles.labels().isEmpty()
                ? usual("label").or(() -> usual("target")).stream().toList()
                : roles.labels().stream()
                        .filter(name -> usual(name).isPresent())
                        .toList();
        this.taken = roles.among(all.stream().map(SourceColumn::name).toList());
        requireNoFeature(taken);
        choice.ignored().stream()
                .filter(this::matches)
                .forEach(pattern -> expanded(pattern).forEach(column -> taken.add(column.name())));
    }

    private void requireNoFeature(Set<String> ofRoles) {
        choice.modalities()
                .forEach((modality, patterns) -> patterns.stream()
                        .filter(ofRoles::contains)
                        .forEach(name -> {
                            throw engine.error(
                                    "column '" + name + "' has a role (id, label, split or group) and cannot be"
                                            + " a feature of modality '" + modality
                                            + "'; leave it out there, or rename it by a query");
                        }));
    }

    /** The column of a role; one that is named but not there matters only where it is read, see {@link #requireRoles}. */
    private Optional<String> role(Optional<String> given, String usual) {
        return given.isPresent() ? given.filter(name -> usual(name).isPresent()) : usual(usual);
    }

    private Optional<String> usual(String name) {
        return all.stream().map(SourceColumn::name).filter(name::equals).findFirst();
    }

    /** @throws FusionException if a column that the mapping gives a role is not there, as it may be where one only predicts */
    void requireRoles() {
        roles.labels().forEach(this::named);
        roles.split().ifPresent(this::named);
        roles.group().ifPresent(this::named);
    }

    private SourceColumn named(String name) {
        return all.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> engine.error("there is no column '" + name + "'; it has " + names(all)));
    }

    static String names(List<SourceColumn> columns) {
        String first = String.join(
                ", ",
                columns.stream()
                        .limit(8)
                        .map(column -> "'" + column.name() + "'")
                        .toList());
        return columns.size() > 8 ? first + " and " + (columns.size() - 8) + " more" : first;
    }

    Optional<String> id() {
        return id;
    }

    List<String> labels() {
        return labels;
    }

    Optional<String> split() {
        return split;
    }

    Optional<String> group() {
        return group;
    }

    /** The columns that may be features, in the table's order. */
    List<SourceColumn> free() {
        return all.stream().filter(column -> !taken.contains(column.name())).toList();
    }

    /** Those columns of a modality that are there, where the mapping names some. */
    Optional<List<SourceColumn>> chosen(String modality) {
        return Optional.ofNullable(choice.modalities().get(modality))
                .map(patterns -> patterns.stream()
                        .filter(this::matches)
                        .flatMap(pattern -> matching(pattern).stream())
                        .toList());
    }

    private boolean matches(String pattern) {
        try {
            return !expanded(pattern).isEmpty();
        } catch (FusionException e) {
            return false; // There is no such column, which is no mistake in rows to predict for.
        }
    }

    /** Every modality's columns, modalities by name. */
    Map<String, List<SourceColumn>> modalities() {
        Map<String, List<SourceColumn>> modalities = choice.modalities().isEmpty() ? byName() : asChosen();
        if (modalities.isEmpty()) {
            throw engine.error("there is no column of features; it has " + names(all));
        }
        return modalities;
    }

    private Map<String, List<SourceColumn>> asChosen() {
        Map<String, List<SourceColumn>> modalities = new TreeMap<>();
        Map<String, String> owner = new LinkedHashMap<>();
        for (String modality : choice.modalities().keySet()) {
            List<SourceColumn> columns =
                    Optional.ofNullable(choice.modalities().get(modality)).orElse(List.of()).stream()
                            .flatMap(pattern -> required(pattern).stream())
                            .toList();
            for (SourceColumn column : columns) {
                String before = owner.putIfAbsent(column.name(), modality);
                if (before != null) {
                    throw engine.error("column '" + column.name() + "' is given to the modalities '" + before
                            + "' and '" + modality + "'; give it to one");
                }
            }
            modalities.put(modality, columns);
        }
        return modalities;
    }

    /** The columns of a pattern that may be features: one that is named outright, or those with no role and not ignored. */
    private List<SourceColumn> matching(String pattern) {
        List<SourceColumn> found = expanded(pattern);
        return usual(pattern).isPresent()
                ? found
                : found.stream()
                        .filter(column -> !taken.contains(column.name()))
                        .toList();
    }

    private List<SourceColumn> required(String pattern) {
        List<SourceColumn> found = matching(pattern);
        if (found.isEmpty()) {
            throw engine.error("'" + pattern + "' has no feature, only " + names(expanded(pattern))
                    + ", each with a role or ignored; name other columns");
        }
        return found;
    }

    /** A name, {@code img_*} or {@code f0..f99}; something must match. */
    private List<SourceColumn> expanded(String pattern) {
        int range = pattern.indexOf("..");
        if (range > 0 && all.stream().noneMatch(column -> column.name().equals(pattern))) {
            int first = all.indexOf(named(pattern.substring(0, range)));
            int last = all.indexOf(named(pattern.substring(range + 2)));
            if (last < first) {
                throw engine.error("the range '" + pattern + "' goes backwards: its first column is the table's column "
                        + (first + 1) + " and its last " + (last + 1) + "; turn it round");
            }
            return all.subList(first, last + 1);
        }
        if (!pattern.contains("*")) {
            return List.of(named(pattern));
        }
        Pattern name = Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
        List<SourceColumn> found = all.stream()
                .filter(column -> name.matcher(column.name()).matches())
                .toList();
        if (found.isEmpty()) {
            throw engine.error("no column matches '" + pattern + "'; it has " + names(all));
        }
        return found;
    }

    /** A list is a modality; numbers and categories are grouped by what their names begin with. */
    private Map<String, List<SourceColumn>> byName() {
        Map<String, List<SourceColumn>> groups = new LinkedHashMap<>();
        for (SourceColumn column : free()) {
            groups.computeIfAbsent(column.isList() ? column.name() : prefix(column.name()), key -> new ArrayList<>())
                    .add(column);
        }
        Map<String, List<SourceColumn>> modalities = new TreeMap<>();
        for (Map.Entry<String, List<SourceColumn>> entry : groups.entrySet()) {
            boolean lone = entry.getValue().size() == 1
                    && !entry.getValue().get(0).isList()
                    && !entry.getValue().get(0).name().contains(".");
            modalities
                    .computeIfAbsent(lone ? REST : entry.getKey(), key -> new ArrayList<>())
                    .addAll(entry.getValue());
        }
        return modalities;
    }

    private static String prefix(String name) {
        int dot = name.indexOf('.');
        if (dot > 0) {
            return name.substring(0, dot);
        }
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            return numbered.group(1);
        }
        int underscore = name.indexOf('_');
        return underscore > 0 ? name.substring(0, underscore) : REST;
    }

    FusionException error(String message) {
        return engine.error(message);
    }
}
