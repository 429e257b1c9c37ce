package org.metafusion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Shell.Ran;

/**
 * A model file of November 2026 loads and predicts what it predicted then, with all modalities and with either alone.
 *
 * <p>{@code bundle-1} was made by version 0.1.0-SNAPSHOT (archive version 1) from 60 rows of two classes with features drawn
 * from normal distributions, three of {@code image} and two of {@code text}:
 *
 * <pre>
 * fusion fit birds -o birds.fusion --backend cpu --threads 1 --seed 7 --set training.epochs=3 --set 'cohort.hidden=[[3],[]]'
 *   --set 'cohort.representations.image=[raw,pca2,laplace5]' --set 'cohort.representations.text=[enc2(3),con2-tuned,raw]'
 *   --set 'cohort.operators=[concatenation,factorised2]' --set cross-fitting.folds=2 --set mutual.scheme=none
 *   --set committee.rule=greedy --set committee.max-members=3
 * fusion predict birds.fusion rows -o predictions.csv
 * </pre>
 *
 * It is never made again: whatever changes about model files, this one must go on working.
 */
class OldBundleTest {

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(OldBundleTest.class.getResource("/bundle-1/" + name), name)
                .toURI());
    }

    @Test
    void loadsAndPredictsWhatItPredictedThen(@TempDir Path dir) throws IOException, URISyntaxException {
        Path predictions = dir.resolve("predictions.csv");
        Ran ran = Shell.fusion("predict", resource("birds.fusion"), resource("rows"), "-o", predictions);
        assertThat(ran.code()).as(ran.err()).isZero();
        List<String> then = Files.readAllLines(resource("predictions.csv"));
        List<String> now = Files.readAllLines(predictions);
        assertThat(now).hasSameSizeAs(then).first().isEqualTo(then.get(0));
        for (int row = 1; row < then.size(); row++) {
            String[] expected = then.get(row).split(",");
            String[] actual = now.get(row).split(",");
            assertThat(actual[0]).isEqualTo(expected[0]);
            assertThat(actual[1]).isEqualTo(expected[1]);
            for (int c = 2; c < expected.length; c++) {
                assertThat(Double.parseDouble(actual[c])).isCloseTo(Double.parseDouble(expected[c]), within(1e-5));
            }
        }
    }

    @Test
    void isExportedLikeANewOne(@TempDir Path dir) throws URISyntaxException {
        for (String modalities : List.of("image,text", "image", "text")) {
            Ran ran = Shell.fusion(
                    "export",
                    resource("birds.fusion"),
                    "-o",
                    dir.resolve("m.onnx"),
                    "--modalities",
                    modalities,
                    "--rows",
                    resource("rows"));
            assertThat(ran.code()).as(ran.err()).isZero();
        }
    }
}
