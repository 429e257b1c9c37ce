package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.Standardiser;
import org.metafusion.training.representation.TargetScaling;

/** Puts one model's content together again and checks that it fits; see {@link ModelArchive}. */
final class ArchiveReader {

    private final StoredModel stored;
    private final ManifestNode root;
    private final FusionOperators operators;
    private final Extractors extractors;

    ArchiveReader(StoredModel stored, FusionOperators operators, Extractors extractors) {
        this.stored = stored;
        this.root = new ManifestNode("", stored.manifest());
        this.operators = operators;
        this.extractors = extractors;
    }

    ModelContent read() {
        int version = root.get("archiveVersion").integer(1, Integer.MAX_VALUE);
        if (version != ModelArchive.VERSION) {
            throw new FusionException("The model's manifest has version " + version + " but this MetaFusion reads "
                    + ModelArchive.VERSION + "; use the MetaFusion that stored it");
        }
        Task task = task(root.get("task"));
        List<Modality> modalities = root.get("modalities").list(ArchiveReader::modality);
        Cohort cohort = new Cohort(modalities, task, students(modalities.size()));
        Preparation preparation = new Preparation(
                standardisers(modalities), fitted(modalities), scaling(root.get("targetScaling"), task));
        int folds = root.get("folds", 1).integer(1, Integer.MAX_VALUE);
        requireInputs(cohort, folds, preparation);
        return new ModelContent(
                cohort,
                folds,
                preparation,
                parameters(cohort, folds, preparation),
                committees(cohort),
                root.get("provenance").map());
    }

    private static Task task(ManifestNode node) {
        return switch (node.get("kind").text()) {
            case "classification" -> new Task.Classification(node.get("classes").texts());
            case "regression" -> new Task.Regression(node.get("targets").texts());
            default -> throw node.get("kind").mismatch("classification or regression");
        };
    }

    private static Modality modality(ManifestNode node) {
        return new Modality(node.get("name").text(), node.get("features").texts());
    }

    private static TargetScaling scaling(ManifestNode node, Task task) {
        double[] mean = node.get("mean").decimals();
        double[] deviation = node.get("deviation").decimals();
        int expected = task instanceof Task.Regression ? task.outputs() : 0;
        if (mean.length != expected || deviation.length != expected) {
            throw node.mismatch("a mean and a deviation for each of " + expected + " targets");
        }
        return new TargetScaling(mean, deviation);
    }

    private List<StudentSpec> students(int modalities) {
        ManifestNode nodes = root.get("students");
        List<StudentSpec> students = nodes.list(node -> student(node, modalities));
        if (students.isEmpty()) {
            throw nodes.mismatch("a list of one student or more");
        }
        return students;
    }

    private StudentSpec student(ManifestNode node, int modalities) {
        ManifestNode inputs = node.get("representations");
        List<Representation> representations = inputs.list(RepresentationNode::read);
        if (representations.size() != modalities || representations.stream().noneMatch(Representation::isPresent)) {
            throw inputs.mismatch("a representation for each of " + modalities + " modalities, not all null");
        }
        ManifestNode operator = node.get("operator");
        if (!operators.knows(operator.text())) {
            throw operator.mismatch("one of the fusion operators " + operators.names());
        }
        List<Integer> hidden = node.get("head").list(width -> width.integer(1, Integer.MAX_VALUE));
        return new StudentSpec(representations, operator.text(), new HeadSpec(hidden));
    }

    private List<Standardiser> standardisers(List<Modality> modalities) {
        List<Standardiser> standardisers = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            int width = modalities.get(m).width();
            standardisers.add(new Standardiser(
                    vector("modalities." + m + ".mean", width), vector("modalities." + m + ".scale", width)));
        }
        return standardisers;
    }

    private float[] vector(String name, int length) {
        StoredTensor tensor = stored.tensors().get(name);
        if (tensor == null) {
            throw new FusionException("The model has no tensor '" + name + "' of " + length
                    + " values; the file is incomplete, store the model again");
        }
        if (tensor.shape().length != 1 || tensor.values().length != length) {
            throw new FusionException("The model's tensor '" + name + "' must have shape [" + length + "] but has "
                    + Arrays.toString(tensor.shape()) + "; the file was changed or comes from another version");
        }
        return tensor.values();
    }

    private SortedMap<InputKey, FittedExtractor> fitted(List<Modality> modalities) {
        SortedMap<InputKey, FittedExtractor> fitted = new TreeMap<>();
        for (ManifestNode node : root.get("extractors").elements()) {
            int m = node.get("modality").integer(0, modalities.size() - 1);
            ManifestNode kind = node.get("representation");
            if (!(RepresentationNode.read(kind) instanceof Representation.Extracted extracted)) {
                throw kind.mismatch("an extracted representation");
            }
            InputKey key = InputKey.of(m, extracted, node.get("fold", 0).integer(0, Integer.MAX_VALUE));
            fitted.put(
                    key,
                    node.map().containsKey(ArchiveWriter.LIKE_FOLD)
                            ? like(node, fitted, key)
                            : restored(node, modalities.get(m), key, extracted.extractor()));
        }
        return fitted;
    }

    /** Of another fold, which comes before. */
    private static FittedExtractor like(ManifestNode node, Map<InputKey, FittedExtractor> before, InputKey key) {
        ManifestNode fold = node.get(ArchiveWriter.LIKE_FOLD);
        FittedExtractor same =
                before.get(new InputKey(key.modality(), key.label(), fold.integer(0, Integer.MAX_VALUE)));
        if (same == null) {
            throw fold.mismatch("a fold that comes before");
        }
        return same;
    }

    private FittedExtractor restored(ManifestNode node, Modality modality, InputKey key, String name) {
        FeatureExtractor extractor = extractors.byName().get(name);
        if (extractor == null) {
            extractor = within(node, key, name).orElseThrow(() -> unknown(modality, name, node));
        }
        FittedExtractor restored = extractor.restore(state(node, key));
        if (restored.width() != node.get("width").integer(1, Integer.MAX_VALUE)) {
            throw node.get("width").mismatch("the extractor's width " + restored.width());
        }
        return restored;
    }

    /** The encoder that the model holds itself. */
    private Optional<FeatureExtractor> within(ManifestNode node, InputKey key, String name) {
        boolean isWhole = node.get("state").map().keySet().stream()
                .allMatch(array -> stored.tensors().containsKey(ArchiveWriter.stateTensor(key, array)));
        return isWhole ? extractors.stored(name, state(node, key)) : Optional.empty();
    }

    private Map<String, float[]> state(ManifestNode node, InputKey key) {
        Map<String, float[]> state = new LinkedHashMap<>();
        ManifestNode lengths = node.get("state");
        for (String array : lengths.map().keySet()) {
            int length = lengths.get(array).integer(0, Integer.MAX_VALUE);
            state.put(array, vector(ArchiveWriter.stateTensor(key, array), length));
        }
        return state;
    }

    private FusionException unknown(Modality modality, String name, ManifestNode node) {
        return new FusionException("The model reads modality '" + modality.name() + "' through extractor '" + name
                + "', which is not known here; known are " + extractors.byName().keySet()
                + "; register it where the model is loaded: MetaFusion.configure().extractor(...)"
                + (node.get("state").map().containsKey("sha256") ? ", or name its file in cohort.encoders" : ""));
    }

    private static void requireInputs(Cohort cohort, int folds, Preparation preparation) {
        for (StudentSpec student : cohort.students()) {
            for (int m : student.modalities()) {
                if (student.representations().get(m) instanceof Representation.Extracted extracted
                        && !IntStream.range(0, folds)
                                .allMatch(fold ->
                                        preparation.extractors().containsKey(InputKey.of(m, extracted, fold)))) {
                    throw new FusionException("The model has no extractor '" + extracted.label() + "' of modality '"
                            + cohort.modalities().get(m).name() + "', which student " + student.label() + " reads");
                }
            }
        }
    }

    private float[] parameters(Cohort cohort, int folds, Preparation preparation) {
        CohortLayout layout = new CohortLayout(cohort, folds, operators, preparation::width);
        float[] flat = new float[layout.size()];
        for (int s = 0; s < cohort.size(); s++) {
            float[] values = vector(ArchiveWriter.parametersTensor(s), layout.size(s));
            System.arraycopy(values, 0, flat, layout.offset(s), values.length);
        }
        return flat;
    }

    private CommitteeBook committees(Cohort cohort) {
        Map<BitSet, Committee> committees = new LinkedHashMap<>();
        for (ManifestNode node : root.get("committees").elements()) {
            BitSet mask = Masks.of(node.get("modalities")
                    .integers(m -> m.integer(0, cohort.modalities().size() - 1)));
            committees.put(mask, committee(node, mask, cohort));
        }
        if (committees.isEmpty()) {
            throw root.get("committees").mismatch("a list of one committee or more");
        }
        return new CommitteeBook(committees);
    }

    private static Committee committee(ManifestNode node, BitSet mask, Cohort cohort) {
        int[] members = node.get("members").integers(member -> member.integer(0, cohort.size() - 1));
        double[] weights = node.get("weights").decimals();
        if (members.length == 0 || weights.length != members.length) {
            throw node.mismatch("a committee of one member or more with a weight each");
        }
        for (int member : members) {
            if (!cohort.students().get(member).canAnswer(mask)) {
                throw node.get("members")
                        .mismatch("students that need no modality but " + mask + ", unlike student " + member);
            }
        }
        return new Committee(
                rule(node.get("rule")),
                members,
                weights,
                node.get("validationLoss").decimal(),
                node.get("lossTrajectory").decimals(),
                node.get("reason").text(),
                temperature(node));
    }

    /** 1 where the model was stored before committees were calibrated. */
    private static double temperature(ManifestNode node) {
        if (!node.map().containsKey("temperature")) {
            return 1;
        }
        double temperature = node.get("temperature").decimal();
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw node.get("temperature").mismatch("a positive number");
        }
        return temperature;
    }

    private static CombinationRule rule(ManifestNode node) {
        return Arrays.stream(CombinationRule.values())
                .filter(rule -> rule.name().equals(node.text()))
                .findFirst()
                .orElseThrow(() -> node.mismatch("one of the rules " + Arrays.toString(CombinationRule.values())));
    }
}
