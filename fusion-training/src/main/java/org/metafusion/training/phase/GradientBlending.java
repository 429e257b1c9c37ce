package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.BlendingWeights;
import org.metafusion.training.balance.BlendingWeights.Losses;
import org.metafusion.training.balance.RowTargets;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.Presence;

/**
 * Gradient blending for students that answer by what is there: their loss is a blend of the losses with all modalities
 * and with each alone, in each epoch by drawing for every row which of these it is looked at with, as likely as its weight
 * in the blend. The weights are measured anew every {@value #EVERY} epochs, for all students of the same modalities
 * together; see {@link BlendingWeights}.
 */
final class GradientBlending implements Withholding {

    private static final int EVERY = 5;
    private static final int ROWS = 256;

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final BatchPass.Parameters parameters;
    private final CohortRows rows;
    private final Map<List<Integer>, double[]> weights = new LinkedHashMap<>();
    private final Map<List<Integer>, Map<Integer, Losses[]>> before = new LinkedHashMap<>();

    GradientBlending(TensorBackend backend, BatchPass.Parameters parameters, CohortRows rows) {
        this.backend = backend;
        this.layout = parameters.layout();
        this.parameters = parameters;
        this.rows = rows;
    }

    @Override
    public Presence of(Presence natural, long seed) {
        return natural.blended(
                modalities -> weights.getOrDefault(modalities, BlendingWeights.equal(modalities.size() + 1)), seed);
    }

    @Override
    public void epochEnded(int epoch, Members active) {
        if (epoch % EVERY != 0) {
            return;
        }
        Map<List<Integer>, List<Integer>> bySet = new LinkedHashMap<>();
        active.students()
                .filter(copy -> layout.spec(copy).isTolerant())
                .forEach(copy -> bySet.computeIfAbsent(
                                IntStream.of(layout.modalities(copy)).boxed().toList(), set -> new ArrayList<>())
                        .add(copy));
        bySet.forEach((set, copies) -> {
            Map<Integer, Losses[]> now = measured(
                    set, Members.of(copies.stream().mapToInt(Integer::intValue).toArray()));
            Map<Integer, Losses[]> then = before.put(set, now);
            if (then != null) {
                // those that stopped since would make a difference that nobody learned
                Set<Integer> common = new TreeSet<>(now.keySet());
                common.retainAll(then.keySet());
                if (!common.isEmpty()) {
                    weights.put(set, BlendingWeights.of(mean(then, common), mean(now, common)));
                }
            }
        });
    }

    /** By copy the losses with all of the modalities, then with each alone. */
    private Map<Integer, Losses[]> measured(List<Integer> set, Members copies) {
        BitSet all = new BitSet();
        set.forEach(all::set);
        List<BitSet> ways = new ArrayList<>(List.of(all));
        set.forEach(m -> ways.add(BitSet.valueOf(new long[] {1L << m})));
        double[][] train = losses(ways, copies, rows.train());
        Map<Integer, Losses[]> measured = new TreeMap<>();
        for (ValidationRows judged : rows.validation()) {
            Members judging = layout.ofFold(judged.fold(), copies);
            double[][] validation = judging.count() == 0 ? new double[0][0] : losses(ways, judging, judged.rows());
            for (int i = 0; i < judging.count(); i++) {
                Losses[] ofCopy = new Losses[ways.size()];
                for (int way = 0; way < ofCopy.length; way++) {
                    ofCopy[way] = new Losses(train[way][copies.indexOf(judging.student(i))], validation[way][i]);
                }
                measured.put(judging.student(i), ofCopy);
            }
        }
        return measured;
    }

    private static Losses[] mean(Map<Integer, Losses[]> measured, Set<Integer> copies) {
        List<Losses[]> counted = copies.stream()
                .map(copy -> Objects.requireNonNull(measured.get(copy)))
                .toList();
        return IntStream.range(0, counted.get(0).length)
                .mapToObj(way -> new Losses(
                        mean(counted.stream().mapToDouble(losses -> losses[way].train())),
                        mean(counted.stream().mapToDouble(losses -> losses[way].validation()))))
                .toArray(Losses[]::new);
    }

    /** Of those that are a number; NaN if none is. */
    private static double mean(DoubleStream losses) {
        return losses.filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /**
     * The loss of each copy looked at in each way {@code [ways][copies]}, over the rows that it sees and that can be looked at
     * so; of others the answer is the prior, whatever is learned. NaN where there are none.
     */
    private double[][] losses(List<BitSet> ways, Members copies, DeviceRows data) {
        RowTargets targets = data.judged(backend, layout.cohort().task());
        try (CoalitionProbe probe = new CoalitionProbe(backend, parameters, copies, Math.min(ROWS, data.rows()))) {
            return ways.stream()
                    .map(way -> {
                        float[][] outputs = probe.allOutputs(data, (int) way.toLongArray()[0]);
                        return IntStream.range(0, copies.count())
                                .mapToDouble(i -> targets.meanLoss(
                                        copies.student(i),
                                        outputs[i],
                                        row -> data.presence().hasAny(row, way)))
                                .toArray();
                    })
                    .toArray(double[][]::new);
        }
    }
}
