package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.Coalitions;
import org.metafusion.training.balance.CompetitionTrace;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;
import org.metafusion.training.balance.CompetitionTrace.Said;
import org.metafusion.training.balance.CompetitionTrace.StudentTrace;
import org.metafusion.training.balance.RowTargets;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.ModalityParts;

/** Measures how the modalities of the students of a phase compete; see {@link CompetitionTrace}. */
final class CompetitionMeter implements PhaseObserver, AutoCloseable {

    private static final int ROWS = 256;

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final BatchPass.Parameters parameters;
    private final DeviceRows validation;
    private final Modulator modulator;
    private final RowTargets targets;
    private final int modalities;
    private final Map<Integer, double[]> norms = new TreeMap<>();
    private final Map<Integer, List<EpochTrace>> epochs = new TreeMap<>();
    private final Map<Integer, Said> latest = new TreeMap<>();
    private final Map<Integer, Said> kept = new TreeMap<>();
    private int steps;
    private @Nullable CoalitionProbe probe;

    CompetitionMeter(
            TensorBackend backend, BatchPass.Parameters parameters, DeviceRows validation, Modulator modulator) {
        this.backend = backend;
        this.layout = parameters.layout();
        this.parameters = parameters;
        this.validation = validation;
        this.modulator = modulator;
        this.targets = validation.judged(backend, layout.cohort().task());
        this.modalities = layout.cohort().modalities().size();
    }

    @Override
    public void stepped(Members active) {
        float[] gradients = backend.download(parameters.gradients());
        double[][] squares = new double[layout.cohort().size()][modalities];
        Arrays.stream(squares).forEach(row -> Arrays.fill(row, Double.NaN));
        for (ModalityParts part : ModalityParts.of(layout, active)) {
            for (ParameterLayout ranges : part.parts()) {
                for (int i = 0; i < ranges.members().count(); i++) {
                    double[] of = squares[ranges.members().student(i)];
                    double before = Double.isNaN(of[part.modality()]) ? 0 : of[part.modality()];
                    of[part.modality()] =
                            before + square(gradients, ranges.bounds()[2 * i], ranges.bounds()[2 * i + 1]);
                }
            }
        }
        active.students().forEach(s -> {
            double[] sum = norms.computeIfAbsent(s, none -> new double[modalities]);
            Arrays.setAll(sum, m -> sum[m] + Math.sqrt(squares[s][m]));
        });
        steps++;
    }

    private static double square(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }

    @Override
    public void epochEnded(int epoch, Members active) {
        float[][][] outputs = new float[Coalitions.count(modalities)][][];
        CoalitionProbe asked = probe(active);
        Arrays.setAll(outputs, coalition -> asked.allOutputs(validation, coalition));
        for (int i = 0; i < active.count(); i++) {
            int student = active.student(i);
            int place = i;
            double[] scores = Arrays.stream(outputs)
                    .mapToDouble(of -> targets.score(student, of[place]))
                    .toArray();
            epochs.computeIfAbsent(student, s -> new ArrayList<>()).add(trace(epoch, student, scores));
            latest.put(student, said(layout.modalities(student), outputs, place));
        }
        norms.clear();
        steps = 0;
    }

    private static Said said(int[] own, float[][][] outputs, int place) {
        int whole = Arrays.stream(own).map(m -> 1 << m).sum();
        return new Said(
                outputs[whole][place],
                Arrays.stream(own).mapToObj(m -> outputs[1 << m][place]).toArray(float[][]::new));
    }

    @Override
    public void improved(int[] students) {
        Arrays.stream(students).forEach(s -> kept.put(s, Objects.requireNonNull(latest.get(s))));
    }

    private CoalitionProbe probe(Members active) {
        CoalitionProbe known = probe;
        if (known != null && known.members().equals(active)) {
            return known;
        }
        close();
        known = new CoalitionProbe(backend, parameters, active, Math.min(ROWS, validation.rows()));
        probe = known;
        return known;
    }

    /** @param scores by coalition of the cohort's modalities */
    private EpochTrace trace(int epoch, int student, double[] scores) {
        int[] own = layout.modalities(student);
        double[] ofOwn = new double[Coalitions.count(own.length)];
        for (int coalition = 0; coalition < ofOwn.length; coalition++) {
            int chosen = coalition;
            int mask = IntStream.range(0, own.length)
                    .filter(i -> (chosen & 1 << i) != 0)
                    .map(i -> 1 << own[i])
                    .sum();
            ofOwn[coalition] = scores[mask];
        }
        double[] alone =
                IntStream.range(0, own.length).mapToDouble(i -> ofOwn[1 << i]).toArray();
        double[] mean = modulator.meanCoefficients(student, modalities);
        double[] sums = norms.getOrDefault(student, new double[modalities]);
        return new EpochTrace(
                epoch,
                ofOwn[ofOwn.length - 1],
                alone,
                pick(Arrays.stream(sums).map(sum -> sum / steps).toArray(), own),
                shares(ofOwn),
                pick(mean, own));
    }

    private static double[] pick(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    private static double[] shares(double[] scores) {
        double[] phi = Coalitions.shapley(scores);
        double whole = Arrays.stream(phi).sum();
        return Arrays.stream(phi)
                .map(value -> whole > 0 ? value / whole : Double.NaN)
                .toArray();
    }

    CompetitionTrace trace() {
        List<StudentTrace> students = new ArrayList<>();
        epochs.forEach((student, course) -> students.add(new StudentTrace(
                student, layout.modalities(student), List.copyOf(course), Objects.requireNonNull(kept.get(student)))));
        return new CompetitionTrace(List.copyOf(students), targets);
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
            probe = null;
        }
    }
}
