package org.metafusion.ensemble.competition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;

final class CompetitionAnalysisTest {

    private static CompetitionReport report(MultimodalDataset rows, Modulation kind) {
        ModulationOptions modulation = ModulationOptions.NONE.withKind(kind);
        try (MetaFusion fusion = TinyData.tiny()
                .options(TinyData.options().withModulation(modulation))
                .build()) {
            return fusion.competition(rows);
        }
    }

    @Test
    void theTwoStudentsAreWatchedWithoutAndWithTheModulationThatIsConfigured() {
        CompetitionReport report = report(TinyData.of(TinyData.CLASSES, 200, true), Modulation.AGM);
        assertThat(report.modalities()).containsExactly("image", "text");
        assertThat(report.students()).containsExactly("raw|raw", "enc32(64)|enc32(64)");
        assertThat(report.courses())
                .extracting(Course::modulation)
                .containsExactly(Modulation.NONE, Modulation.AGM, Modulation.NONE, Modulation.AGM);
        for (Course course : report.courses()) {
            assertThat(course.epochs()).hasSize(4);
            assertThat(course.best().epoch()).isEqualTo(course.bestEpoch());
            assertThat(course.alone()).hasSize(2).doesNotContain(Double.NaN);
            assertThat(course.best().score()).isBetween(0.4, 1.0);
            assertThat(course.best().gradientNorms()).doesNotContain(Double.NaN);
            boolean plain = course.modulation() == Modulation.NONE;
            assertThat(course.best().coefficients()[0] == 1).isEqualTo(plain);
        }
        assertThat(report.sentences()).hasSize(6);
    }

    @Test
    void everyScoreIsOfTheRowsThatHaveAllModalities() {
        CompetitionReport report = report(TinyData.of(TinyData.CLASSES, 200, true), Modulation.AGM);
        for (Course course : report.courses()) {
            assertThat(course.rows()).isEqualTo(report.courses().get(0).rows()).isBetween(20, 35);
            for (int m = 0; m < 2; m++) {
                assertWhole(course.rows() * course.alone()[m]);
                assertWhole(course.rows() * course.best().unimodal()[m]);
                assertThat(course.lossErrors()[m]).isBetween(0.0, 1 / Math.sqrt(course.rows() - 1));
            }
        }
    }

    private static void assertWhole(double rows) {
        assertThat(rows).isCloseTo(Math.rint(rows), within(1e-9));
    }

    @Test
    void withoutModulationOgmGeIsTriedAndTheSameRowsGiveTheSameReport() {
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 120, false);
        CompetitionReport report = report(rows, Modulation.NONE);
        assertThat(report.course("raw|raw", Modulation.OGM_GE)).isPresent();
        assertThat(report(rows, Modulation.NONE).sentences()).isEqualTo(report.sentences());
    }

    @Test
    void regressionIsWatchedWithoutModulation() {
        CompetitionReport report = report(TinyData.of(TinyData.VALUE, 120, false), Modulation.NONE);
        assertThat(report.isClassification()).isFalse();
        assertThat(report.courses()).extracting(Course::modulation).containsOnly(Modulation.NONE);
        assertThat(report.courses().get(0).best().score()).isBetween(-1.0, 1.0);
    }

    @Test
    void oneModalityCompetesWithNobody() {
        assertThatThrownBy(() -> report(modalities(1), Modulation.NONE))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modality competition needs two modalities or more but the data has [m0]");
    }

    @Test
    void sevenModalitiesAreTooMany() {
        assertThatThrownBy(() -> report(modalities(7), Modulation.NONE))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modality competition is measured over every set of modalities and takes 6 modalities at"
                        + " most, but the data has 7");
    }

    private static MultimodalDataset modalities(int count) {
        List<FeatureTable> tables = IntStream.range(0, count)
                .mapToObj(m -> FeatureTable.complete(Modality.of("m" + m, 1), 6, new float[6]))
                .toList();
        Samples samples = new Samples(List.of("a", "b", "c", "d", "e", "f"), tables);
        return new MultimodalDataset(
                "many", samples, new Targets.Labels(TinyData.CLASSES, new int[] {0, 1, 2, 0, 1, 2}));
    }
}
