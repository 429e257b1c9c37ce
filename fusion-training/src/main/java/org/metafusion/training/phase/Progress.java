package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Each student's best epoch, and who has stopped. A student that stopped as a peer of others goes on unrecorded. */
final class Progress {

    private final int patience;
    private final double[] bestLoss;
    private final int[] bestEpoch;
    private final boolean[] stopped;
    private final List<List<Double>> history = new ArrayList<>();

    Progress(int students, int patience) {
        this.patience = patience;
        this.bestLoss = new double[students];
        this.bestEpoch = new int[students];
        this.stopped = new boolean[students];
        Arrays.fill(bestLoss, Double.POSITIVE_INFINITY);
        for (int s = 0; s < students; s++) {
            history.add(new ArrayList<>());
        }
    }

    /** Records an epoch; returns the students whose weights are now their best. */
    int[] record(int epoch, int[] active, double[] losses) {
        return Arrays.stream(active)
                .filter(s -> !stopped[s] && record(epoch, s, losses[s]))
                .toArray();
    }

    private boolean record(int epoch, int student, double loss) {
        history.get(student).add(loss);
        boolean first = bestEpoch[student] == 0;
        boolean better = first || loss < bestLoss[student];
        if (better) {
            bestLoss[student] = loss;
            bestEpoch[student] = epoch;
        } else if (epoch - bestEpoch[student] >= patience) {
            stopped[student] = true;
        }
        return better;
    }

    boolean hasStopped(int student) {
        return stopped[student];
    }

    /** Those of {@code active} that still train, or that someone who still trains learns from. */
    int[] needed(int[] active, java.util.function.BiPredicate<Integer, Integer> learnsFrom) {
        IntPredicate trains = s -> !stopped[s];
        return Arrays.stream(active)
                .filter(s ->
                        trains.test(s) || Arrays.stream(active).anyMatch(i -> trains.test(i) && learnsFrom.test(i, s)))
                .toArray();
    }

    double bestLoss(int student) {
        return bestLoss[student];
    }

    int bestEpoch(int student) {
        return bestEpoch[student];
    }

    double[] history(int student) {
        return history.get(student).stream().mapToDouble(Double::doubleValue).toArray();
    }

    double lowest() {
        return Arrays.stream(bestLoss).filter(loss -> !Double.isNaN(loss)).min().orElse(Double.NaN);
    }
}
