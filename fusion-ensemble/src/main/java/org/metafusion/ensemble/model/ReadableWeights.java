package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.TrainedCopy;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Standardiser;

/**
 * A model's weights for other languages: matrices under names that say what they are, and texts that say how they belong
 * together. Only for reading; a {@link ModelArchive} is what a model comes back from.
 *
 * <p>{@code image.mean} and {@code image.scale} standardise; {@code image.pca32.weight} and {@code .bias} are a frozen
 * representation; {@code student0.image.encoder.0.weight}, {@code student0.operator.0} (the operator's matrices in its
 * order) and {@code student0.head.0.weight} are a student's. {@code student0.fold1} is a copy; a student says the mean over
 * its copies. Weights are {@code [in, out]}: {@code y = x W + b}.
 */
public final class ReadableWeights {

    private final ModelContent content;
    private final List<Modality> modalities;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

    private ReadableWeights(ModelContent content) {
        this.content = content;
        this.modalities = content.cohort().modalities();
    }

    /** Those of a model. */
    public static ReadableWeights of(ModelContent content) {
        ReadableWeights weights = new ReadableWeights(content);
        weights.addStandardisers();
        weights.addRepresentations();
        weights.addStudents();
        return weights;
    }

    /** The matrices and vectors by name. */
    public Map<String, StoredTensor> tensors() {
        return java.util.Collections.unmodifiableMap(tensors);
    }

    /** What the names mean, several to a text in lines. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "metafusion-weights 1");
        Task task = content.cohort().task();
        metadata.put(
                task instanceof Task.Classification ? "classes" : "targets",
                String.join(
                        "\n",
                        task instanceof Task.Classification classification
                                ? classification.classes()
                                : ((Task.Regression) task).targets()));
        modalities.forEach(
                modality -> metadata.put("features." + modality.name(), String.join("\n", modality.features())));
        List<StudentSpec> students = content.cohort().students();
        metadata.put(
                "students",
                lines(IntStream.range(0, students.size())
                        .mapToObj(s -> "student" + s + " " + students.get(s).label())
                        .toList()));
        metadata.put("folds", Integer.toString(content.folds()));
        List<String> committees = new ArrayList<>();
        content.committees()
                .all()
                .forEach((mask, committee) -> committees.add(words(
                        Masks.words(
                                mask, modalities.stream().map(Modality::name).toList()),
                        committee)));
        metadata.put("committees", lines(committees));
        return metadata;
    }

    private static String lines(List<String> texts) {
        return String.join("\n", texts);
    }

    private static String words(String mask, Committee committee) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < committee.members().length; i++) {
            members.add("student" + committee.members()[i] + " "
                    + String.format(Locale.ROOT, "%.9g", committee.weights()[i]));
        }
        return mask + ": " + committee.rule().label() + " of " + String.join(", ", members) + "; temperature "
                + committee.temperature();
    }

    private void addStandardisers() {
        for (int m = 0; m < modalities.size(); m++) {
            Standardiser standardiser = content.preparation().standardisers().get(m);
            String name = modalities.get(m).name();
            tensors.put(name + ".mean", StoredTensor.of(standardiser.mean()));
            tensors.put(name + ".scale", StoredTensor.of(standardiser.scale()));
        }
        if (content.cohort().task() instanceof Task.Regression) {
            tensors.put("targets.mean", vector(content.preparation().targets().mean()));
            tensors.put(
                    "targets.deviation", vector(content.preparation().targets().deviation()));
        }
    }

    private static StoredTensor vector(double[] numbers) {
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return StoredTensor.of(values);
    }

    private void addRepresentations() {
        CohortLayout layout = content.layout(FusionOperators.standard());
        for (InputKey key : layout.inputs(layout.everyone())) {
            FittedExtractor extractor = content.preparation().extractors().get(key);
            if (extractor != null) {
                String fold = key.fold() == 0 ? "" : ".fold" + key.fold();
                addExtractor(modalities.get(key.modality()).name() + "." + key.label() + fold, extractor);
            }
        }
    }

    /** As a matrix or layers where it is such; else its state, as vectors. */
    private void addExtractor(String name, FittedExtractor extractor) {
        if (extractor.affine().isPresent()) {
            addMap(name, extractor.affine().get());
        } else if (extractor.encoder().isPresent()) {
            addLayers(name, extractor.encoder().get().layers());
        } else {
            extractor.state().forEach((array, values) -> tensors.put(name + "." + array, StoredTensor.of(values)));
        }
    }

    private void addStudents() {
        CohortLayout layout = content.layout(FusionOperators.standard());
        for (int copy = 0; copy < layout.everyone().count(); copy++) {
            String fold = layout.folds() == 1 ? "" : ".fold" + layout.fold(copy);
            addStudent("student" + layout.student(copy) + fold, TrainedCopy.of(layout, copy, content.parameters()));
        }
    }

    private void addStudent(String name, TrainedCopy copy) {
        for (TrainedCopy.Source source : copy.sources()) {
            String modality = modalities.get(source.key().modality()).name();
            source.encoder().ifPresent(encoder -> addLayers(name + "." + modality + ".encoder", encoder.layers()));
        }
        for (int i = 0; i < copy.operator().size(); i++) {
            TrainedCopy.Matrix matrix = copy.operator().get(i);
            tensors.put(
                    name + ".operator." + i,
                    new StoredTensor(new int[] {matrix.rows(), matrix.cols()}, matrix.values()));
        }
        List<AffineMap> head = new ArrayList<>(List.of(copy.firstLayer()));
        head.addAll(copy.layers());
        addLayers(name + ".head", head);
    }

    private void addLayers(String name, List<AffineMap> layers) {
        for (int l = 0; l < layers.size(); l++) {
            addMap(name + "." + l, layers.get(l));
        }
    }

    private void addMap(String name, AffineMap map) {
        tensors.put(name + ".weight", new StoredTensor(new int[] {map.inputs(), map.outputs()}, map.weights()));
        tensors.put(name + ".bias", StoredTensor.of(map.bias()));
    }
}
