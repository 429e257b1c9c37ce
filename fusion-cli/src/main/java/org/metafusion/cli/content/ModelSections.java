package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.model.ModelDescription;
import org.metafusion.ensemble.model.ModelDescription.CommitteeLine;
import org.metafusion.report.words.Figures;

/** What a model takes, predicts and consists of, and how it came about. */
public final class ModelSections {

    private static final int SHOWN = 8;

    private final ModelDescription model;

    public ModelSections(ModelDescription model) {
        this.model = model;
    }

    public List<Section> all() {
        return List.of(head(), modalities(), students(), committees(), provenance());
    }

    private Section head() {
        boolean classes = model.task() instanceof Task.Classification;
        List<String> outputs = model.task() instanceof Task.Classification classification
                ? classification.classes()
                : ((Task.Regression) model.task()).targets();
        return new Section.Facts(
                "",
                "Model",
                List.of(
                        new Fact("task", "task", Cell.of(classes ? "classification" : "regression")),
                        new Fact(
                                "outputs", classes ? "classes" : "targets", new Cell.Words(outputs, ", ", 2 * SHOWN))));
    }

    private Section modalities() {
        return new Section.Table(
                "modalities",
                "Modalities",
                List.of(Column.of("name", "modality"), Column.of("features", "features")),
                model.modalities().stream()
                        .map(input -> List.of(Cell.of(input.name()), Cell.of(input.width())))
                        .toList());
    }

    private Section students() {
        List<List<Cell>> rows = new ArrayList<>();
        for (ModelDescription.Student student : model.students()) {
            List<String> hidden = student.hidden().stream()
                    .map(width -> Integer.toString(width))
                    .toList();
            rows.add(List.of(
                    Cell.of(student.number()),
                    Cell.of(student.label()),
                    hidden.isEmpty() ? Cell.of("linear") : new Cell.Words(hidden, " ")));
        }
        String names = String.join(
                "|",
                model.modalities().stream().map(ModelDescription.Input::name).toList());
        return new Section.Table(
                "students",
                "Students",
                List.of(Column.of("number", "no."), Column.of("student", names), Column.of("head", "head")),
                rows);
    }

    private Section committees() {
        List<List<Cell>> rows = model.committees().stream()
                .map(line -> List.of(
                        new Cell.Words(line.modalities(), "+"),
                        Cell.of(line.rule()),
                        Cell.of(line.validationLoss()),
                        Cell.of(line.temperature()),
                        (Cell) new Cell.Words(members(line), " ", SHOWN)))
                .toList();
        return new Section.Table(
                "committees",
                "Committees by the modalities that are there",
                List.of(
                        Column.of("modalities", "modalities"),
                        Column.of("rule", "rule"),
                        Column.of("validationLoss", "validation loss"),
                        Column.of("temperature", "temperature"),
                        Column.of("members", "students:weight")),
                rows);
    }

    private static List<String> members(CommitteeLine line) {
        return IntStream.range(0, line.members().size())
                .mapToObj(i -> line.members().get(i) + ":"
                        + Figures.significant(line.weights().get(i)))
                .toList();
    }

    private Section provenance() {
        List<Fact> facts = new ArrayList<>();
        collect("", model.provenance(), facts);
        return new Section.Facts("provenance", "How it came about", facts);
    }

    private static void collect(String prefix, Map<?, ?> tree, List<Fact> facts) {
        new TreeMap<Object, Object>(tree).forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> below) {
                collect(name + ".", below, facts);
            } else {
                facts.add(new Fact(name, name, cell(value)));
            }
        });
    }

    private static Cell cell(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Cell.shortest(((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return Cell.of(number.longValue());
        }
        if (value instanceof List<?> list) {
            return new Cell.Words(list.stream().map(String::valueOf).toList(), ", ", SHOWN);
        }
        return value instanceof Boolean flag ? new Cell.Answer(flag) : Cell.of(value.toString());
    }
}
