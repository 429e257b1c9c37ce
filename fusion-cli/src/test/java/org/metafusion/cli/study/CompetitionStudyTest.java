package org.metafusion.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.data.simulation.DominantModality;
import org.metafusion.ensemble.competition.CompetitionAnalysis;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.study.SmallFits;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.training.balance.Modulation;

/** Modulation raises what a starved modality reaches within a fused student, on data with a dominant one. */
final class CompetitionStudyTest {

    /** Points to be gained at least; over six seeds each student gained more than twice as many. */
    private static final Map<Modulation, Double> LEAST =
            Map.of(Modulation.OGM, 0.1, Modulation.OGM_GE, 0.05, Modulation.AGM, 0.04);

    private static final int STRONG = 0;
    private static final int WEAK = 1;

    private static CompetitionReport report(long seed) {
        FitOptions options = SmallFits.options(StudySize.SMALL).withSeed(seed);
        try (TensorBackend backend = new CpuBackendProvider().open(BackendConfig.DEFAULT)) {
            return new CompetitionAnalysis(backend, options, TrainingListener.SILENT)
                    .of(DominantModality.standard().generate(2400, 1, seed).train(), List.copyOf(LEAST.keySet()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1})
    void modulationRaisesTheWeakerModality(long seed) {
        CompetitionReport report = report(seed);
        for (String student : report.students()) {
            Course plain = report.course(student, Modulation.NONE).orElseThrow();
            assertThat(plain.mostStarved()).isEqualTo(WEAK);
            assertThat(plain.loss(WEAK))
                    .as("what %s costs the weaker modality", student)
                    .isGreaterThan(0.2);
            assertThat(plain.best().shapleyShares()[STRONG]).isGreaterThan(0.6);
            LEAST.forEach((kind, least) -> {
                Course modulated = report.course(student, kind).orElseThrow();
                double gain = modulated.best().unimodal()[WEAK] - plain.best().unimodal()[WEAK];
                assertThat(gain).as("%s of %s", kind, student).isGreaterThan(least);
            });
        }
        assertThat(report.sentences())
                .anyMatch(sentence -> sentence.startsWith("Starved: 'image' reaches "))
                .anyMatch(sentence -> sentence.startsWith("OGM raises 'image' within it from "));
    }
}
