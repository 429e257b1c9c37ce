package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** No command writes over what it reads, whichever option names it and by whatever path. */
class WrittenFilesTest extends FittedBirds {

    @BeforeAll
    void furtherFiles() throws IOException {
        Files.writeString(dir.resolve("f.conf"), "fusion.training.epochs = 2\n");
        Files.writeString(dir.resolve("space.conf"), "training.epochs = [1, 2]\n");
        Files.writeString(dir.resolve("net.onnx"), "a network");
        Files.writeString(
                dir.resolve("encoders.conf"), "fusion.cohort.encoders { net = " + quoted("net.onnx#out") + " }\n");
        Files.writeString(dir.resolve("map.conf"), "source = \"birds/im*.csv\"\n");
        Files.writeString(dir.resolve("sql.conf"), "source = \"FROM read_csv('" + dir + "/birds/text.csv')\"\n");
        Files.createDirectory(dir.resolve("points"));
        Files.writeString(dir.resolve("points/robustness-points.csv"), "id,a\nb0,1\n");
        Files.createSymbolicLink(dir.resolve("link.fusion"), model);
        Files.createSymbolicLink(dir.resolve("linked"), data);
    }

    private String quoted(String file) {
        return "\"" + dir.resolve(file) + "\"";
    }

    private Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)) + "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "predict @birds.fusion @birds -o @birds/image.csv | --output would overwrite @birds/image.csv, which DATA reads; give another file",
                "predict @birds.fusion @linked -o @birds/image.csv | --output would overwrite @birds/image.csv, which DATA reads; give another file",
                "predict @link.fusion @birds -o @birds.fusion | --output and MODEL both name @birds.fusion; give two different files",
                "predict @birds.fusion @map.conf -o @birds/image.csv | --output would overwrite @birds/image.csv, which DATA reads; give another file",
                "predict @birds.fusion @sql.conf -o @birds/text.csv | --output would overwrite @birds/text.csv, which DATA reads; give another file",
                "export @birds.fusion -o @net.onnx --rows @net.onnx | --output and --rows both name @net.onnx; give two different files",
                "fit @birds -o @birds/text.csv | --output would overwrite @birds/text.csv, which DATA reads; give another file",
                "fit @birds -o @z.fusion --report @birds/labels.csv | --report would overwrite @birds/labels.csv, which DATA reads; give another file",
                "fit @birds -o @z.fusion --report @z.fusion | --report and --output both name @z.fusion; give two different files",
                "fit @birds -o @f.conf --config @f.conf | --output and --config both name @f.conf; give two different files",
                "fit @birds --config @encoders.conf -o @net.onnx | --output would overwrite @net.onnx, which is read as an encoder; give another file",
                "fit @map.conf -o @map.conf | --output and DATA both name @map.conf; give two different files",
                "evaluate @birds.fusion @birds --report @birds/labels.csv | --report would overwrite @birds/labels.csv, which DATA reads; give another file",
                "cv @birds --splits @birds/labels.csv --report @birds/labels.csv | --report and --splits both name @birds/labels.csv; give two different files",
                "search @birds -o @birds/labels.csv | --output would overwrite @birds/labels.csv, which DATA reads; give another file",
                "search @birds -o @f.conf --config @f.conf | --output and --config both name @f.conf; give two different files",
                "search @birds --journal @space.conf --space @space.conf | --journal and --space both name @space.conf; give two different files",
                "robustness @birds.fusion @birds --out @birds | --out and DATA both name @birds; give two different folders",
                "robustness @birds.fusion @points/robustness-points.csv --out @points | --out and DATA both name @points/robustness-points.csv; give two different files",
            })
    void whatIsReadIsNotWrittenOver(String command, String complaint) {
        Map<String, String> before = contents();
        Ran ran = Shell.fusion((Object[]) at(command).split(" "));
        assertThat(ran.err()).endsWith("fusion: " + at(complaint) + "\n");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(contents()).isEqualTo(before);
    }

    private String at(String text) {
        return text.replace("@", dir + "/");
    }

    @Test
    void filesThatAFolderDoesNotReadAreWrittenAgain() {
        Path predictions = data.resolve("predictions.txt");
        for (int time = 0; time < 2; time++) {
            assertThat(Shell.fusion("predict", model, data, "-o", predictions).code())
                    .isZero();
        }
    }
}
