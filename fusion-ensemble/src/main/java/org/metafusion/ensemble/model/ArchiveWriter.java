package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Standardiser;
import org.metafusion.training.representation.TargetScaling;

/** Takes one model's content apart; see {@link ModelArchive}. */
final class ArchiveWriter {

    /** In the node of an extractor: the fold whose copy it is like, in place of a state of its own. */
    static final String LIKE_FOLD = "likeFold";

    private final ModelContent content;
    private final FusionOperators operators;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

    ArchiveWriter(ModelContent content, FusionOperators operators) {
        this.content = content;
        this.operators = operators;
    }

    StoredModel write() {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("archiveVersion", ModelArchive.VERSION);
        manifest.put("task", task(content.cohort().task()));
        manifest.put("modalities", modalities());
        manifest.put("extractors", extractors());
        manifest.put("targetScaling", scaling(content.preparation().targets()));
        manifest.put("folds", content.folds());
        manifest.put("students", students());
        manifest.put("committees", committees());
        manifest.put("provenance", content.provenance());
        return new StoredModel(manifest, tensors);
    }

    private static Map<String, Object> task(Task task) {
        if (task instanceof Task.Classification classification) {
            return Map.of("kind", "classification", "classes", classification.classes());
        }
        return Map.of("kind", "regression", "targets", ((Task.Regression) task).targets());
    }

    private static Map<String, Object> scaling(TargetScaling scaling) {
        return Map.of(
                "mean", ManifestNode.decimals(scaling.mean()), "deviation", ManifestNode.decimals(scaling.deviation()));
    }

    private List<Object> modalities() {
        List<Object> nodes = new ArrayList<>();
        List<Modality> modalities = content.cohort().modalities();
        for (int m = 0; m < modalities.size(); m++) {
            Standardiser standardiser = content.preparation().standardisers().get(m);
            tensors.put("modalities." + m + ".mean", StoredTensor.of(standardiser.mean()));
            tensors.put("modalities." + m + ".scale", StoredTensor.of(standardiser.scale()));
            nodes.add(Map.of(
                    "name",
                    modalities.get(m).name(),
                    "features",
                    modalities.get(m).features()));
        }
        return nodes;
    }

    /** The extracted representations some copy of a student reads. */
    private Map<InputKey, Representation.Extracted> extracted() {
        Map<InputKey, Representation.Extracted> extracted = new TreeMap<>();
        for (StudentSpec student : content.cohort().students()) {
            for (int m : student.modalities()) {
                if (student.representations().get(m) instanceof Representation.Extracted representation) {
                    for (int fold = 0; fold < content.folds(); fold++) {
                        extracted.put(InputKey.of(m, representation, fold), representation);
                    }
                }
            }
        }
        return extracted;
    }

    private List<Object> extractors() {
        List<Object> nodes = new ArrayList<>();
        extracted().forEach((key, representation) -> {
            Map<String, Object> node = new TreeMap<>(Map.of(
                    "modality",
                    key.modality(),
                    "fold",
                    key.fold(),
                    "representation",
                    RepresentationNode.write(representation),
                    "width",
                    fitted(key).width()));
            InputKey first = new InputKey(key.modality(), key.label(), 0);
            if (key.fold() > 0 && hasSameState(first, key)) {
                node.put(LIKE_FOLD, 0);
            } else {
                node.put("state", state(key));
            }
            nodes.add(node);
        });
        return nodes;
    }

    private FittedExtractor fitted(InputKey key) {
        return Objects.requireNonNull(content.preparation().extractors().get(key), key::toString);
    }

    /** What learns nothing from rows, such as a pretrained encoder, is the same in all folds and stored once. */
    private boolean hasSameState(InputKey one, InputKey other) {
        Map<String, float[]> state = fitted(one).state();
        Map<String, float[]> same = fitted(other).state();
        return state.keySet().equals(same.keySet())
                && state.entrySet().stream()
                        .allMatch(array -> Arrays.equals(array.getValue(), same.get(array.getKey())));
    }

    private Map<String, Object> state(InputKey key) {
        Map<String, Object> lengths = new TreeMap<>();
        fitted(key).state().forEach((name, values) -> {
            tensors.put(stateTensor(key, name), StoredTensor.of(values));
            lengths.put(name, values.length);
        });
        return lengths;
    }

    static String stateTensor(InputKey key, String state) {
        String fold = key.fold() == 0 ? "" : ".fold" + key.fold();
        return "extractors." + key.modality() + "." + key.label() + fold + "." + state;
    }

    static String parametersTensor(int student) {
        return "students." + student + ".parameters";
    }

    private List<Object> students() {
        Cohort cohort = content.cohort();
        CohortLayout layout = content.layout(operators);
        List<Object> nodes = new ArrayList<>();
        for (int s = 0; s < cohort.size(); s++) {
            StudentSpec student = cohort.students().get(s);
            float[] parameters =
                    Arrays.copyOfRange(content.parameters(), layout.offset(s), layout.offset(s) + layout.size(s));
            tensors.put(parametersTensor(s), StoredTensor.of(parameters));
            nodes.add(Map.of(
                    "representations",
                    student.representations().stream()
                            .map(RepresentationNode::write)
                            .toList(),
                    "operator",
                    student.operator(),
                    "head",
                    student.head().hidden()));
        }
        return nodes;
    }

    private List<Object> committees() {
        List<Object> nodes = new ArrayList<>();
        content.committees().all().forEach((mask, committee) -> nodes.add(committee(mask, committee)));
        return nodes;
    }

    private static Map<String, Object> committee(BitSet mask, Committee committee) {
        return Map.of(
                "modalities",
                ManifestNode.integers(mask.stream().toArray()),
                "rule",
                committee.rule().name(),
                "members",
                ManifestNode.integers(committee.members()),
                "weights",
                ManifestNode.decimals(committee.weights()),
                "validationLoss",
                ManifestNode.decimal(committee.validationLoss()),
                "lossTrajectory",
                ManifestNode.decimals(committee.lossTrajectory()),
                "reason",
                committee.reason(),
                "temperature",
                committee.temperature());
    }
}
