package org.metafusion.ensemble.study.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Finding.Outcome;
import org.metafusion.ensemble.study.SmallStudy;
import org.metafusion.ensemble.study.StudyReport;

class ProductFusionStudyTest {

    @Test
    void productFusionLearnsASignThatConcatenationDoesNot() {
        StudyReport report = SmallStudy.run(new ProductFusionStudy(), SmallStudy.NO_DATA);
        Finding learns = report.findings().get(0);
        assertThat(learns.outcome()).as(learns.words()).isEqualTo(Outcome.HELD);
        assertThat(report.rows().get(0).rows()).hasSize(2 * 2 * 2 * 3); // seeds, labels, sizes, operators
        assertThat(report.rows().get(1).rows()).hasSize(2 * 2 * 3 * 11 * 3); // seeds, labels, where, factors, operators
    }

    @Test
    void labelsAreBalancedAndFewerRowsAreTheFirstOfMore() {
        for (Label label : Label.values()) {
            PairedEmbeddings pairs = new PairedEmbeddings(label, 8, 5);
            MultimodalDataset many = pairs.train(4000);
            int[] labels = ((Targets.Labels) many.targets()).labels();
            assertThat(Arrays.stream(labels).average().orElseThrow())
                    .as(label.toString())
                    .isBetween(0.46, 0.54);
            MultimodalDataset few = pairs.train(30);
            assertThat(((Targets.Labels) few.targets()).labels()).isEqualTo(Arrays.copyOf(labels, 30));
            FeatureTable z = many.samples().tables().get(1);
            assertThat(few.samples().tables().get(1).values()).isEqualTo(Arrays.copyOf(z.values(), 30 * 8));
        }
    }

    @Test
    void theSignIsThatOfTheInnerProduct() {
        MultimodalDataset rows = new PairedEmbeddings(Label.SIGN, 8, 5).test(50);
        float[] x = rows.samples().tables().get(0).values();
        float[] z = rows.samples().tables().get(1).values();
        for (int row = 0; row < 50; row++) {
            double product = 0;
            for (int j = 8 * row; j < 8 * row + 8; j++) {
                product += x[j] * z[j];
            }
            assertThat(((Targets.Labels) rows.targets()).labels()[row]).isEqualTo(product > 0 ? 1 : 0);
        }
    }
}
