package org.metafusion.ensemble.study.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudySize;

class StudiesTest {

    static List<Study> all() {
        return Studies.all();
    }

    @Test
    void namesAreUniqueAndFound() {
        assertThat(Studies.all()).extracting(study -> study.profile().name()).doesNotHaveDuplicates();
        assertThat(Studies.all())
                .allMatch(study -> Studies.named(study.profile().name())
                        .profile()
                        .name()
                        .equals(study.profile().name()));
    }

    @Test
    void anUnknownNameIsAnsweredByTheKnownOnes() {
        assertThatThrownBy(() -> Studies.named("mising"))
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("There is no study 'mising'; choose one of missing, ");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyStudySaysWhatItTestsAndHowLarge(Study study) {
        assertThat(study.profile().description()).isNotBlank().doesNotContain("\n");
        assertThat(study.profile().claims()).isNotEmpty();
        assertThat(study.profile().seeds(StudySize.SMALL))
                .isBetween(1, study.profile().seeds(StudySize.PAPER));
        assertThat(study.options(StudySize.SMALL)).isNotNull();
    }
}
