package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;

final class GreedySelectionOracleTest {

    static Stream<OracleCase> cases() {
        return OracleCases.of("ensemble_selection");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void selectsTheReferenceCommittee(OracleCase oracle) {
        int[] shape = oracle.in("logits").shape();
        float[][] outputs = IntStream.range(0, shape[0])
                .mapToObj(s -> oracle.in("logits").at(s).floats())
                .toArray(float[][]::new);
        List<String> classes =
                IntStream.range(0, shape[2]).mapToObj(Integer::toString).toList();
        Targets labels = new Targets.Labels(
                new Task.Classification(classes), oracle.in("labels").ints());
        SelectionOptions options = new SelectionOptions(
                oracle.in("pruneFraction").number(),
                oracle.in("initialMembers").integer(),
                oracle.in("maxMembers").integer(),
                0);

        ValidationOutputs validation = ValidationOutputs.of(outputs, labels);
        Committee committee = CombinationRule.GREEDY.selection(options).select(validation);

        assertClose(validation.losses(), oracle.out("validationLoss").flat());
        assertThat(committee.members()).isEqualTo(oracle.out("membersInOrder").ints());
        assertClose(committee.lossTrajectory(), oracle.out("lossTrajectory").flat());
        assertClose(committee.weights(), oracle.out("weights").flat());
    }

    /** Logits are float32, as the students give them. */
    private static void assertClose(double[] got, double[] want) {
        assertThat(got).hasSameSizeAs(want);
        for (int i = 0; i < want.length; i++) {
            assertThat(got[i]).isCloseTo(want[i], within(2e-5 * Math.max(1, Math.abs(want[i]))));
        }
    }
}
