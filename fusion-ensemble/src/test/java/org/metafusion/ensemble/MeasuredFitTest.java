package org.metafusion.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.Reach;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/** A fit that is measured on test rows. */
final class MeasuredFitTest {

    private static SplitDataset split() {
        return split(false);
    }

    private static SplitDataset split(boolean missing) {
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 90, missing);
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
    void everyWayTellsTheRowsItsFiguresAreOf() {
        SplitDataset data = split(true);
        int whole = (int) IntStream.range(0, data.test().rows())
                .filter(row -> data.test().samples().available(row).cardinality() == 2)
                .count();
        try (MetaFusion fusion = TinyData.tiny().build()) {
            FitResult result = fusion.fit(data);
            try (FusionModel model = result.model()) {
                StrategyOutcome early = named(result, "early");
                StrategyOutcome committee = named(result, Comparison.COMMITTEE);
                assertThat(whole).isLessThan(30);
                assertThat(early.measuredOn()).isEqualTo(new Reach(whole, 30));
                assertThat(committee.measuredOn()).isEqualTo(Reach.whole(30));
                assertThat(early.judgedOn()).isEqualTo(result.judgedOn());
                assertThat(committee.judgedOn()).isEqualTo(result.judgedOn());
                assertThat(result.judgedOn().isWhole()).isFalse();
                assertThat(result.isJudgedAlike(named(result, "image alone"))).isFalse();
            }
        }
    }

    private static StrategyOutcome named(FitResult result, String name) {
        return result.ways().stream()
                .filter(way -> way.name().equals(name))
                .findFirst()
                .orElseThrow();
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
