package org.metafusion.training.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

class CohortLayoutTest {

    /** Of one hidden layer, the last, as of several: no product of widths may wrap around. */
    @ParameterizedTest
    @ValueSource(strings = {"2000000000", "100000,100000", "65536,65536,1", "1073741824,4"})
    void moreParametersThanABufferHoldsAreRefused(String hidden) {
        List<Integer> widths =
                Stream.of(hidden.split(",", -1)).map(Integer::valueOf).toList();
        Cohort cohort = new Cohort(
                List.of(Modality.of("x", 7)),
                new Task.Classification(List.of("a", "b", "c")),
                List.of(new StudentSpec(
                        List.of(new Representation.Raw()),
                        FusionOperators.standard().names().get(0),
                        HeadSpec.of(widths.toArray(Integer[]::new)))));
        assertThatThrownBy(() -> new CohortLayout(cohort, 5, FusionOperators.standard(), input -> 7))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "The cohort has more than 2^31 parameters (students: 1, copies of each: 5); lower the widths of"
                                + " hidden layers, encoders or operators, or the cap on students");
    }
}
