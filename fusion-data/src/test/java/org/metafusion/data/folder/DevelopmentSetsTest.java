package org.metafusion.data.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Task;

/** Reads real data sets, where the folder of the system property {@code fusion.data.dir} has them. */
final class DevelopmentSetsTest {

    private static Path folder(String name) {
        Path folder = Path.of(System.getProperty("fusion.data.dir", "../../shared/data"), name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "Data set " + folder.toAbsolutePath() + " is not there; set -Dfusion.data.dir to try it");
        return folder;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cub, 480, 120, 10, 'image:1024 text:300'",
        "scene15, 3588, 897, 15, 'gist:20 lbp:40 phog:59'",
        "mfeat, 1600, 400, 10, 'fac:216 fou:76 kar:64 mor:6 pix:240 zer:47'",
        "breast_tcga, 150, 70, 3, 'mirna:184 mrna:200 protein:142'",
        "wheat, 476, 123, 1, 'markers:1279 pedigree:599'",
    })
    void readsSizesTaskAndModalities(String set, int train, int test, int outputs, String modalities) {
        FolderData data = DataFolder.read(folder(set), ReadOptions.defaults());
        assertThat(data.dataset().train().rows()).isEqualTo(train);
        assertThat(data.dataset().test().rows()).isEqualTo(test);
        assertThat(data.dataset().train().task().outputs()).isEqualTo(outputs);
        assertThat(data.dataset().train().modalities().stream().map(m -> m.name() + ":" + m.width()))
                .containsExactly(modalities.split(" "));
    }

    @Test
    void proteinIsMissingInEveryTestRowOfTcga() {
        FolderData data = DataFolder.read(folder("breast_tcga"), ReadOptions.defaults());
        assertThat(data.report().modalities().get(2).testMissing()).isEqualTo(70);
        assertThat(data.report().modalities().get(2).trainMissing()).isZero();
    }

    @Test
    void wheatIsRegression() {
        FolderData data = DataFolder.read(folder("wheat"), ReadOptions.defaults());
        assertThat(data.dataset().train().task()).isEqualTo(new Task.Regression(List.of("label")));
    }

    @Test
    void samplesHaveTheValuesOfTheDataSet() {
        FolderData data = DataFolder.read(folder("cub"), ReadOptions.defaults());
        List<Modality> modalities = data.dataset().train().modalities();
        Samples samples = DataFolder.readSamples(folder("cub"), modalities);
        assertThat(samples.rows()).isEqualTo(600);
        assertThat(samples.modalities()).isEqualTo(modalities);
    }
}
