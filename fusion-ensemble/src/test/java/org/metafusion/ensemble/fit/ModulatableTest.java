package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.ProductFusion;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.TinyData;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;

final class ModulatableTest {

    private static final Representation RAW = new Representation.Raw();
    private static final Representation NONE = new Representation.Null();
    private static final Representation ENCODED = new Representation.Encoded(List.of(), 3);
    private static final StudentSpec JOINED = student(RAW, RAW, Concatenation.NAME);
    private static final StudentSpec MIXED = student(RAW, RAW, ProductFusion.NAME);
    private static final StudentSpec MIXED_ENCODERS = student(ENCODED, ENCODED, ProductFusion.NAME);
    private static final StudentSpec ALONE = student(RAW, NONE, Concatenation.NAME);

    private static StudentSpec student(Representation first, Representation second, String operator) {
        return new StudentSpec(List.of(first, second), operator, HeadSpec.LINEAR);
    }

    private static java.util.Optional<String> remark(Modulation kind, StudentSpec... students) {
        List<Modality> modalities = List.of(Modality.of("x", 3), Modality.of("z", 3));
        return Modulatable.remark(
                new Cohort(modalities, TinyData.CLASSES, List.of(students)), ModulationOptions.NONE.withKind(kind));
    }

    @Test
    void nothingIsSaidWhereModulationIsOffOrReachesEveryone() {
        assertThat(remark(Modulation.NONE, MIXED)).isEmpty();
        assertThat(remark(Modulation.OGM, JOINED, MIXED_ENCODERS, ALONE)).isEmpty();
    }

    @Test
    void studentsOutOfReachAreCounted() {
        assertThat(remark(Modulation.AGM, JOINED, MIXED, ALONE))
                .contains(
                        "Modulation 'agm' does not reach 1 of the 2 students that join modalities: their operator mixes"
                                + " them before anything of a single modality is trained");
    }

    @Test
    void blendingIsForStudentsThatAnswerByWhatIsThere() {
        assertThat(remark(Modulation.BLENDING, JOINED, student(RAW, RAW, "factorised")))
                .isEmpty();
        assertThat(remark(Modulation.BLENDING, JOINED, ALONE))
                .contains(
                        "Modulation 'blending' changes nothing: it is for students of the operator factorised; add that"
                                + " to cohort.operators");
    }

    @Test
    void noStudentThatJoinsModalitiesIsSaid() {
        assertThat(remark(Modulation.OGM_GE, ALONE))
                .contains("Modulation 'ogm-ge' changes nothing: no student joins modalities");
    }
}
