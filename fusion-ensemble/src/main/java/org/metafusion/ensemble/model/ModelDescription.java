package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.Committee;

/**
 * A model for people: what it takes, what it predicts, who its students are and which committee answers when.
 *
 * @param students those that are a member of a committee, numbered from 0
 * @param committees by the modalities that are there
 * @param provenance how it came about, by name
 */
public record ModelDescription(
        Task task,
        List<Input> modalities,
        List<Student> students,
        List<CommitteeLine> committees,
        Map<String, Object> provenance) {

    /**
     * A modality the model takes.
     *
     * @param features their names, in the order in which it takes them
     */
    public record Input(String name, List<String> features) {

        Input(Modality modality) {
            this(modality.name(), modality.features());
        }

        /** The number of features. */
        public int width() {
            return features.size();
        }
    }

    /**
     * A student.
     *
     * @param label its representations and operator
     * @param hidden widths of its head
     */
    public record Student(int number, String label, List<Integer> hidden) {}

    /**
     * The committee for a set of modalities.
     *
     * @param modalities names of those that are there
     * @param rule it was selected by
     * @param members students in order of joining
     * @param weights one a member
     * @param temperature its logits are divided by
     */
    public record CommitteeLine(
            List<String> modalities,
            String rule,
            List<Integer> members,
            List<Double> weights,
            double validationLoss,
            String reason,
            double temperature) {}

    /** Describes a content. */
    public static ModelDescription of(ModelContent content) {
        List<Modality> modalities = content.cohort().modalities();
        List<Student> students = new ArrayList<>();
        for (StudentSpec spec : content.cohort().students()) {
            students.add(new Student(students.size(), spec.label(), spec.head().hidden()));
        }
        List<CommitteeLine> committees = new ArrayList<>();
        content.committees()
                .all()
                .forEach((mask, committee) -> committees.add(line(
                        mask.stream().mapToObj(m -> modalities.get(m).name()).toList(), committee)));
        return new ModelDescription(
                content.cohort().task(),
                modalities.stream().map(Input::new).toList(),
                students,
                committees,
                new TreeMap<>(content.provenance()));
    }

    private static CommitteeLine line(List<String> present, Committee committee) {
        return new CommitteeLine(
                present,
                committee.rule().label(),
                Arrays.stream(committee.members()).boxed().toList(),
                Arrays.stream(committee.weights()).boxed().toList(),
                committee.validationLoss(),
                committee.reason(),
                committee.temperature());
    }

    /** All of it as lines of text. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Task        " + words(task));
        lines.add("Modalities  "
                + modalities.stream()
                        .map(m -> m.name() + " (" + m.width() + ")")
                        .collect(Collectors.joining(", ")));
        lines.add("Students    " + students.size());
        students.forEach(s -> lines.add("  " + s.number() + "  " + s.label() + "  head " + s.hidden()));
        lines.add("Committees  " + committees.size());
        committees.forEach(c -> addLines(c, lines));
        lines.add("Provenance");
        addLines("  ", provenance, lines);
        return lines;
    }

    /** A task in words, such as {@code classification into cat, dog}. */
    static String words(Task task) {
        if (task instanceof Task.Classification classification) {
            return "classification into " + String.join(", ", classification.classes());
        }
        return "regression of " + String.join(", ", ((Task.Regression) task).targets());
    }

    private static void addLines(CommitteeLine committee, List<String> lines) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < committee.members().size(); i++) {
            members.add(String.format(
                    Locale.ROOT,
                    "%d (%.3f)",
                    committee.members().get(i),
                    committee.weights().get(i)));
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %s: validation loss %.4f, %s of %s%s",
                String.join("+", committee.modalities()),
                committee.validationLoss(),
                committee.rule(),
                String.join(", ", members),
                committee.temperature() == 1
                        ? ""
                        : String.format(Locale.ROOT, ", temperature %.3f", committee.temperature())));
        lines.add("    " + committee.reason());
    }

    private static void addLines(String indent, Map<?, ?> tree, List<String> lines) {
        new TreeMap<>(tree).forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                lines.add(indent + key);
                addLines(indent + "  ", below, lines);
            } else {
                lines.add(indent + key + "  " + value);
            }
        });
    }
}
