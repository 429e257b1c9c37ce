package org.metafusion.bench;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.TensorFusion;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortNetwork;
import org.metafusion.training.network.DropoutSeed;
import org.metafusion.training.representation.InputKey;

/**
 * One training step of a cohort, as a phase makes it: gather a batch, forward, loss, backward, AdamW. Representations
 * are random, so that a million rows are quickly there.
 */
final class CohortStep implements AutoCloseable {

    private static final int TOP_PERFORMERS = 8;
    private static final int PCA_PREFIX = "pca".length();

    private final DeviceTensors tensors;
    private final TensorBackend backend;
    private final CohortNetwork network;
    private final Map<InputKey, Tensor> rows = new TreeMap<>();
    private final Tensor allLabels;
    private final Tensor labels;
    private final Tensor weights;
    private final Tensor totals;
    private final Tensor parameters;
    private final Tensor gradients;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private final ParameterLayout parts;
    private final MutualTerm alone;
    private final MutualTerm mutual;
    private final int[] order;
    private final int batch;
    private int from;
    private int step;

    /** A cohort on {@code rowCount} random rows, which are visited in a fixed random order; takes over the tensors. */
    CohortStep(DeviceTensors tensors, Cohort cohort, int rowCount, int batch) {
        this.tensors = tensors;
        this.backend = tensors.backend();
        this.batch = Math.min(batch, rowCount);
        Members members = Members.all(cohort.size());
        CohortLayout layout = new CohortLayout(cohort, FusionOperators.standard(), key -> width(cohort, key));
        parameters = tensors.arena().upload(backend, 1, layout.size(), layout.initialise(1));
        gradients = tensors.zeros(Members.SHARED, 1, layout.size());
        firstMoment = tensors.zeros(Members.SHARED, 1, layout.size());
        secondMoment = tensors.zeros(Members.SHARED, 1, layout.size());
        parts = layout.parts(members);
        network = new CohortNetwork(backend, layout, tensors.arena(), parameters, gradients, members, this.batch, 0f);
        for (InputKey key : network.inputs().keySet()) {
            rows.put(key, tensors.random(Members.SHARED, rowCount, width(cohort, key)));
        }
        allLabels = tensors.labels(rowCount, cohort.task().outputs());
        labels = tensors.zeros(Members.SHARED, this.batch, 1);
        weights = tensors.filled(Members.SHARED, this.batch, 1, 1f);
        totals = tensors.zeros(members, 1, 2);
        Tensor divergence = tensors.divergence(cohort.size(), TOP_PERFORMERS);
        alone = new MutualTerm(divergence, 0f, 1f);
        mutual = new MutualTerm(divergence, 1f, 1f);
        order = shuffled(rowCount);
    }

    /** One student on the outer product of two raw modalities of {@code features} features each, linear to the outputs. */
    static Cohort tensorFusion(int features, int outputs) {
        CohortShape shape = new CohortShape(1, List.of(features, features), List.of(), 1, outputs);
        Representation raw = new Representation.Raw();
        StudentSpec student = new StudentSpec(List.of(raw, raw), TensorFusion.NAME, HeadSpec.LINEAR);
        return new Cohort(shape.modalities(), shape.task(), List.of(student));
    }

    /** Raw inputs have the modality's width, the others the width in their label. */
    private static int width(Cohort cohort, InputKey key) {
        return key.label().equals("raw")
                ? cohort.modalities().get(key.modality()).width()
                : Integer.parseInt(key.label().substring(PCA_PREFIX));
    }

    private static int[] shuffled(int rows) {
        SplittableRandom random = new SplittableRandom(3);
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** A step on the task loss. */
    void alone() {
        queue(alone);
        backend.synchronize();
    }

    /** A step on the task loss and the divergence from eight top performers. */
    void mutual() {
        queue(mutual);
        backend.synchronize();
    }

    /** Seconds a step of so many, as a training makes them: queued, and waited for after the last one. */
    double secondsAlone(int steps) {
        return seconds(alone, steps);
    }

    /** {@link #secondsAlone} with the divergence from eight top performers. */
    double secondsMutual(int steps) {
        return seconds(mutual, steps);
    }

    private double seconds(MutualTerm term, int steps) {
        backend.synchronize();
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            queue(term);
        }
        backend.synchronize();
        return (System.nanoTime() - start) / 1e9 / steps;
    }

    private void queue(MutualTerm term) {
        step++;
        backend.repeat(() -> learn(term));
        from = from + 2 * batch <= order.length ? from + batch : 0;
    }

    private void learn(MutualTerm term) {
        network.inputs().forEach((key, input) -> backend.gather(input, rows(key), order, from));
        backend.gather(labels, allLabels, order, from);
        network.forward(DropoutSeed.NONE);
        backend.loss().classification(network.dOutputs(), totals, network.outputs(), labels, weights, term);
        network.backward(DropoutSeed.NONE);
        backend.optimizer().adamW(parameters, gradients, firstMoment, secondMoment, parts, AdamW.of(1e-3f, 0f, step));
    }

    private Tensor rows(InputKey key) {
        return Objects.requireNonNull(rows.get(key));
    }

    /** The mean task loss of all students and steps so far. */
    double meanLoss() {
        float[] sums = backend.download(totals);
        double sum = 0;
        for (int i = 0; i < sums.length; i += 2) {
            sum += sums[i];
        }
        return sum / (sums.length / 2.0) / step / batch;
    }

    @Override
    public void close() {
        network.close();
        tensors.close();
    }
}
