package org.metafusion.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.data.folder.ReadOptions;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;

/** Fitted models of real data sets, where the folder of the system property {@code fusion.data.dir} has them. */
class RealSetsTest {

    private static SplitDataset data(String name) {
        Path folder = Path.of(System.getProperty("fusion.data.dir", "../../shared/data"), name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "Data set " + folder.toAbsolutePath() + " is not there; set -Dfusion.data.dir to try it");
        return DataFolder.read(folder, ReadOptions.defaults()).dataset();
    }

    /** Few epochs, but the default representations of few rows: raw, principal and kernel components, forests, folds. */
    private static FusionConfig quick() {
        return FusionConfig.defaults()
                .with(Map.of(
                        "backend", "cpu",
                        "training.epochs", "2",
                        "mutual.scheme", "none",
                        "cohort.hidden", "[[16], []]",
                        "cohort.max-students", "8",
                        "cohort.operators", "[concatenation, gated16]",
                        "cross-fitting.folds", "2"));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "cub, image text, 480",
        "scene15, gist lbp phog, 3588",
        "mfeat, fac fou kar mor pix zer, 1600",
        "breast_tcga, mirna mrna protein, 150",
        "breast_tcga, mirna mrna, 150",
        "wheat, markers pedigree, 476"
    })
    void theGraphPredictsWhatTheModelPredicts(String set, String modalities, int rows) {
        SplitDataset data = data(set);
        try (MetaFusion fusion = MetaFusion.configure().config(quick()).build();
                FusionModel model = fusion.fit(data.train()).model()) {
            OnnxExport export = OnnxExport.of(model, List.of(modalities.split(" ")));
            Parity parity = export.checkedOn(data.train().samples()).parity();
            assertThat(parity.rows()).isEqualTo(rows);
            assertThat(parity.largest()).isLessThanOrEqualTo(Parity.TOLERANCE);
        }
    }
}
