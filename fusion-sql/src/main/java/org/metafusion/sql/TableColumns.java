package org.metafusion.sql;

import java.util.ArrayList;
import java.util.HashSet;
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

    TableColumns(Engine engine, List<SourceColumn> all, TableMapping mapping) {
        this.engine = engine;
        this.all = all;
        this.choice = mapping.columns();
        Roles roles = mapping.roles();
        this.id = role(roles.id(), "id");
        this.split = roles.random().isPresent() ? Optional.empty() : role(roles.split(), "split");
        this.group = role(roles.group(), "group");
        this.labels = roles.labels().isEmpty()
                ? role(Optional.empty(), "label").or(() -> role(Optional.empty(), "target")).stream()
                        .toList()
                : roles.labels().stream().map(name -> named(name).name()).toList();
    }

    private Optional<String> role(Optional<String> given, String usual) {
        return given.map(name -> named(name).name())
                .or(() -> all.stream()
                        .map(SourceColumn::name)
                        .filter(usual::equals)
                        .findFirst());
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
        Set<String> taken = new HashSet<>(labels);
        id.ifPresent(taken::add);
        split.ifPresent(taken::add);
        group.ifPresent(taken::add);
        choice.ignored().forEach(pattern -> matching(pattern).forEach(column -> taken.add(column.name())));
        return all.stream().filter(column -> !taken.contains(column.name())).toList();
    }

    /** The columns of a modality, where the mapping names it. */
    Optional<List<SourceColumn>> chosen(String modality) {
        return Optional.ofNullable(choice.modalities().get(modality))
                .map(patterns -> patterns.stream()
                        .flatMap(pattern -> matching(pattern).stream())
                        .toList());
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
            List<SourceColumn> columns = chosen(modality).orElseThrow();
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

    /** A name, {@code img_*} or {@code f0..f99}; something must match. */
    private List<SourceColumn> matching(String pattern) {
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
