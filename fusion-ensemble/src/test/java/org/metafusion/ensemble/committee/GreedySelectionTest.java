package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GreedySelectionTest {

    private static final SelectionOptions OPTIONS = new SelectionOptions(0.2, 2, 8, 0);

    static Stream<ValidationOutputs> cohorts() {
        double[] noise = {2, 1.5, 3, 1.2, 2.5, 4, 1.8, 2.2, 1.4, 6};
        ValidationOutputs classes = Cohorts.classification(1, 40, noise);
        ValidationOutputs values = Cohorts.regression(2, 40, noise);
        return Stream.of(classes, values, Cohorts.blinded(classes, 3), Cohorts.blinded(values, 4));
    }

    @ParameterizedTest
    @MethodSource("cohorts")
    void isTheSelectionThatScoresEveryCommitteeFromScratch(ValidationOutputs validation) {
        Committee committee = CombinationRule.GREEDY.selection(OPTIONS).select(validation);

        List<Integer> expected = fromScratch(validation);
        assertThat(committee.members())
                .isEqualTo(expected.stream().mapToInt(s -> s).toArray());
        assertThat(committee.lossTrajectory()).hasSize(expected.size() - 1);
        assertThat(committee.validationLoss()).isCloseTo(score(validation, expected), within(1e-12));
        assertThat(Arrays.stream(committee.weights()).sum()).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("cohorts")
    void theLossStrictlyFalls(ValidationOutputs validation) {
        double[] trajectory =
                CombinationRule.GREEDY.selection(OPTIONS).select(validation).lossTrajectory();

        for (int i = 1; i < trajectory.length; i++) {
            assertThat(trajectory[i]).isLessThan(trajectory[i - 1]);
        }
    }

    @Test
    void keepsOneStudentHoweverMuchIsPruned() {
        Committee committee = CombinationRule.GREEDY
                .selection(new SelectionOptions(0.99, 3, 30, 0))
                .select(Cohorts.classification(1, 30, 3, 1, 2));

        assertThat(committee.members()).containsExactly(1);
        assertThat(committee.weights()).containsExactly(1.0);
    }

    @Test
    void neverExceedsTheMostMembers() {
        Committee committee = CombinationRule.GREEDY
                .selection(new SelectionOptions(0, 1, 4, 0))
                .select(Cohorts.regression(1, 500, Cohorts.equalNoise(20, 2)));

        assertThat(committee.members()).hasSize(4);
    }

    @Test
    void aStudentWithoutLossDoesNotTakeAllTheWeightAsInfinity() {
        ValidationOutputs validation = Cohorts.regression(1, 10, 0, 1, 1);

        Committee committee = CombinationRule.GREEDY.selection(OPTIONS).select(validation);

        assertThat(committee.members()[0]).isZero();
        assertThat(committee.weights()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    }

    private static List<Integer> fromScratch(ValidationOutputs validation) {
        List<Integer> ranked = new ArrayList<>();
        for (int s = 0; s < validation.students(); s++) {
            ranked.add(s);
        }
        ranked.sort((a, b) -> Double.compare(validation.losses()[a], validation.losses()[b]));
        List<Integer> kept = ranked.subList(0, (int) (ranked.size() * 0.8));
        List<Integer> members = new ArrayList<>(kept.subList(0, 2));
        while (members.size() < 8) {
            List<Integer> best = members;
            for (int s : kept) {
                List<Integer> tried = new ArrayList<>(members);
                tried.add(s);
                if (!members.contains(s) && score(validation, tried) < score(validation, best)) {
                    best = tried;
                }
            }
            if (best.size() == members.size()) {
                break;
            }
            members = best;
        }
        return members;
    }

    /** The mean over the rows anyone sees of the loss of the visible members' outputs, weighted by 1/loss. */
    private static double score(ValidationOutputs validation, List<Integer> members) {
        RowLoss rowLoss = RowLoss.of(validation.targets());
        int width = validation.width();
        double sum = 0;
        int counted = 0;
        for (int row = 0; row < validation.rows(); row++) {
            int here = row;
            if (Arrays.stream(validation.visible()).noneMatch(seen -> seen.get(here))) {
                continue;
            }
            counted++;
            double[] output = new double[width];
            double total = 0;
            for (int s : members) {
                if (validation.visible()[s].get(row)) {
                    total += 1 / validation.losses()[s];
                    for (int c = 0; c < width; c++) {
                        output[c] += validation.outputs()[s][row * width + c]
                                / validation.losses()[s];
                    }
                }
            }
            for (int c = 0; c < width; c++) {
                output[c] /= total;
            }
            sum += total == 0 ? rowLoss.unseen(row) : rowLoss.at(row, output);
        }
        return sum / counted;
    }
}
