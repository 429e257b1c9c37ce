package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.balance.ModulationOptions.Scope;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.ModalityParts;

/**
 * Modulation of all students that read several modalities and have parts of their own for them. Others are left alone.
 *
 * <p>A step costs, beside itself, a forward pass of these students and a download for each set of modalities that the
 * coefficients are computed from ({@link StepCoefficients}), an upload of one number a student and modality, and one call a
 * modality that scales encoders and one that scales first-layer blocks, besides a copy of the parameters.
 */
final class GradientModulator implements Modulator {

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final BatchPass.Parameters parameters;
    private final DeviceRows train;
    private final ModulationOptions options;
    private final int batchRows;
    private final TensorArena arena;
    private final Tensor origin;
    private final StepCoefficients coefficients;
    private final Map<Integer, double[]> sums = new TreeMap<>();
    private final Map<Integer, Integer> steps = new TreeMap<>();
    private @Nullable Competitors active;

    /** The students modulated at present. */
    private record Competitors(
            CoalitionProbe probe,
            TensorArena arena,
            List<ModalityParts> parts,
            ParameterLayout everything,
            List<Tensor> factors) {}

    GradientModulator(CohortTrainer trainer, BatchPass.Parameters parameters, DeviceRows train, int batchRows) {
        this.backend = trainer.backend();
        this.options = trainer.modulation();
        this.layout = parameters.layout();
        this.parameters = parameters;
        this.train = train;
        this.batchRows = batchRows;
        this.arena = backend.openArena("modulation");
        this.origin = arena.zeros(Members.SHARED, 1, layout.size());
        this.coefficients = new StepCoefficients(
                options, train.judged(backend, layout.cohort().task()), layout);
    }

    @Override
    public void follow(Members students) {
        release();
        List<ModalityParts> all = ModalityParts.of(layout, students);
        int[] competing = students.students()
                .filter(s -> all.stream().filter(part -> part.has(s)).count() > 1)
                .toArray();
        if (competing.length == 0) {
            return;
        }
        Members members = Members.of(competing);
        TensorArena factorArena = backend.openArena("coefficients of " + competing.length + " students");
        List<Tensor> factors = new ArrayList<>();
        for (int m = 0; m < all.size(); m++) {
            factors.add(factorArena.zeros(members, 1, 1));
        }
        active = new Competitors(
                new CoalitionProbe(backend, parameters, members, batchRows),
                factorArena,
                ModalityParts.of(layout, members),
                layout.parts(members),
                factors);
    }

    @Override
    public void observe(int[] order, int from) {
        Competitors now = active;
        if (now == null) {
            return;
        }
        Members members = now.probe.members();
        Map<Integer, float[]> outputs = new TreeMap<>();
        for (int coalition : coefficients.coalitions()) {
            outputs.put(coalition, now.probe.outputs(train, order, from, coalition));
        }
        double[][] found = new double[members.count()][];
        for (int i = 0; i < found.length; i++) {
            int student = members.student(i);
            found[i] = coefficients.of(student, i, outputs, Arrays.copyOfRange(order, from, from + batchRows));
            add(student, found[i]);
        }
        for (int m = 0; m < now.factors.size(); m++) {
            float[] factors = new float[found.length];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = (float) found[i][m];
            }
            backend.upload(now.factors.get(m), factors);
        }
    }

    private void add(int student, double[] found) {
        double[] sum = sums.computeIfAbsent(student, s -> new double[found.length]);
        for (int m = 0; m < found.length; m++) {
            sum[m] += found[m];
        }
        steps.merge(student, 1, Integer::sum);
    }

    @Override
    public double[] meanCoefficients(int student, int modalities) {
        double[] sum = sums.remove(student);
        Integer count = steps.remove(student);
        if (sum == null || count == null) {
            return NONE.meanCoefficients(student, modalities);
        }
        return Arrays.stream(sum).map(s -> s / count).toArray();
    }

    @Override
    public void beforeOptimizer(long seed) {
        Competitors now = active;
        if (now == null) {
            return;
        }
        if (options.hasNoise()) {
            for (ModalityParts part : now.parts) {
                for (ModalityParts.LayerWeights weights : part.weights()) {
                    backend.optimizer().addNoise(parameters.gradients(), weights.ranges(), weights.seed(seed));
                }
            }
        }
        if (options.scope() == Scope.GRADIENT) {
            rescale(now, parameters.gradients());
        } else {
            backend.optimizer().copy(origin, parameters.values(), now.everything);
        }
    }

    @Override
    public void afterOptimizer() {
        Competitors now = active;
        if (now != null && options.scope() == Scope.STEP) {
            rescale(now, parameters.values());
        }
    }

    private void rescale(Competitors now, Tensor target) {
        for (ModalityParts part : now.parts) {
            for (ParameterLayout layoutOfPart : part.parts()) {
                backend.optimizer().rescale(target, origin, now.factors.get(part.modality()), layoutOfPart);
            }
        }
    }

    private void release() {
        Competitors before = active;
        if (before != null) {
            active = null;
            before.probe.close();
            backend.synchronize();
            before.arena.close();
        }
    }

    @Override
    public void close() {
        release();
        backend.synchronize();
        arena.close();
    }
}
