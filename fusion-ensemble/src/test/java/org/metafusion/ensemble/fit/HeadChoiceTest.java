package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.cohort.CohortPlan;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

final class HeadChoiceTest {

    private static final HeadSpec HIDDEN = HeadSpec.of(8);
    private static final Representation RAW = new Representation.Raw();
    private static final Representation NULL = new Representation.Null();
    private static final Representation PCA = new Representation.Extracted("pca", 4);
    private static final Representation KERNEL = new Representation.Extracted("laplace", 4);

    private static HeadChoice among(HeadSpec... heads) {
        return new HeadChoice(Extractors.standard().byName(), List.of(heads));
    }

    private static StudentSpec student(HeadSpec head, Representation... representations) {
        return new StudentSpec(List.of(representations), "concatenation", head);
    }

    @Test
    void kernelComponentsGetLinearHeadsWhateverTheyAreFusedWith() {
        HeadChoice choice = among(HIDDEN, HeadSpec.LINEAR);
        for (Representation other : List.of(RAW, NULL, PCA, KERNEL)) {
            assertThat(choice.test(student(HeadSpec.LINEAR, KERNEL, other))).isTrue();
            assertThat(choice.test(student(HIDDEN, KERNEL, other))).isFalse();
        }
    }

    @Test
    void rawFeaturesGetEveryHeadAndPrincipalComponentsAHiddenLayer() {
        HeadChoice choice = among(HIDDEN, HeadSpec.LINEAR);
        assertThat(choice.test(student(HIDDEN, RAW, NULL))).isTrue();
        assertThat(choice.test(student(HeadSpec.LINEAR, RAW, RAW))).isTrue();
        assertThat(choice.test(student(HIDDEN, RAW, PCA))).isTrue();
        assertThat(choice.test(student(HeadSpec.LINEAR, RAW, PCA))).isFalse();
        assertThat(choice.test(student(HeadSpec.LINEAR, PCA, NULL))).isFalse();
    }

    @Test
    void whereHeadsAreOfOneKindNothingIsLeftOut() {
        assertThat(among(HIDDEN, HeadSpec.of(4)).test(student(HIDDEN, KERNEL, PCA)))
                .isTrue();
        assertThat(among(HeadSpec.LINEAR).test(student(HeadSpec.LINEAR, PCA, NULL)))
                .isTrue();
    }

    @Test
    void aCappedCohortOfKernelsHasEachModalityAlone() {
        List<Modality> modalities =
                IntStream.range(0, 6).mapToObj(m -> Modality.of("m" + m, 9)).toList();
        List<HeadSpec> heads = List.of(HIDDEN, HeadSpec.LINEAR);
        CohortPlan plan = new CohortPlan(
                Collections.nCopies(6, List.of(KERNEL, new Representation.Extracted("forest", 4))),
                List.of("concatenation"),
                heads,
                48,
                among(HIDDEN, HeadSpec.LINEAR));
        Cohort cohort = plan.build(modalities, new Task.Classification(List.of("a", "b")));
        assertThat(cohort.size()).isEqualTo(48);
        for (int m = 0; m < 6; m++) {
            int modality = m;
            assertThat(cohort.students()).anyMatch(student -> student.isUnimodal(modality));
        }
    }

    @Test
    void anEncoderIsANetworkAndGetsAHiddenLayer() {
        Representation encoded = new Representation.Encoded(List.of(4), 3);
        HeadChoice choice = among(HIDDEN, HeadSpec.LINEAR);
        assertThat(choice.test(student(HIDDEN, encoded, NULL))).isTrue();
        assertThat(choice.test(student(HeadSpec.LINEAR, encoded, NULL))).isFalse();
    }
}
