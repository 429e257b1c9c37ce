package org.metafusion.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/** A fit that is measured on test rows. */
final class MeasuredFitTest {

    private static SplitDataset split() {
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 90, false);
        return new SplitDataset(
                rows.select(IntStream.range(0, 60).toArray()),
                rows.select(IntStream.range(60, 90).toArray()));
    }

    @Test
    void everyWayToFuseIsMeasuredTheCommitteeLast() {
        try (MetaFusion fusion = TinyData.tiny().build()) {
            FitResult result = fusion.fit(split());
            try (FusionModel model = result.model()) {
                assertThat(result.baselines())
                        .extracting(StrategyOutcome::name)
                        .startsWith("image alone", "text alone", "early")
                        .endsWith(Comparison.INDEPENDENT, Comparison.COMMITTEE);
                assertThat(result.baselines())
                        .allSatisfy(outcome -> assertThat(outcome.metrics()).containsKeys("accuracy", "logLoss"));
                StrategyOutcome committee =
                        result.baselines().get(result.baselines().size() - 1);
                assertThat(committee.metrics()).isEqualTo(model.evaluate(split().test()));
                assertThat(committee.validationLoss())
                        .isEqualTo(result.committee().validationLoss());
            }
        }
    }

    @Test
    void testRowsDecideNothing() {
        SplitDataset data = split();
        try (MetaFusion fusion = TinyData.tiny().build();
                FusionModel measured = fusion.fit(data).model();
                FusionModel plain = fusion.fit(data.train()).model()) {
            assertThat(measured.content().parameters())
                    .isEqualTo(plain.content().parameters());
        }
    }
}
