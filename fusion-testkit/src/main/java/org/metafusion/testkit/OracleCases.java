package org.metafusion.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The reference cases of one subject, {@code <subject>.json} in the oracle's folder: float64 results of an independent
 * implementation.
 *
 * <p>The folder is the system property {@code fusion.oracle.dir}; unset, {@code ../shared/oracle} from the project's
 * root. Where the folder does not exist there is one case whose every use aborts the test, so that a plain clone
 * reports the tests as skipped and says why. A folder that lacks the file, or a file without cases, is an error.
 *
 * <pre>
 * static Stream&lt;OracleCase&gt; cases() {
 *     return OracleCases.of("product_fusion");
 * }
 *
 * &#64;ParameterizedTest
 * &#64;MethodSource("cases")
 * void forward(OracleCase oracle) {
 *     float[] x = oracle.in("x").floats();
 *     double[] want = oracle.out("fused").flat();
 * }
 * </pre>
 */
public final class OracleCases {

    /** The system property that names the folder. */
    public static final String FOLDER_PROPERTY = "fusion.oracle.dir";

    private OracleCases() {}

    /** The cases of a subject such as {@code product_fusion}, in file order. */
    public static Stream<OracleCase> of(String subject) {
        return read(folder(), subject);
    }

    /** Only the cases that have every one of these keys in their {@code out} part; it is an error if none has. */
    public static Stream<OracleCase> withOut(String subject, String... keys) {
        List<OracleCase> chosen = of(subject)
                .filter(oracle -> oracle.isAbsent() || Stream.of(keys).allMatch(oracle::hasOut))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalStateException(
                    "No case of oracle subject '" + subject + "' has " + String.join(", ", keys) + " in its out part");
        }
        return chosen.stream();
    }

    static Stream<OracleCase> read(Path folder, String subject) {
        if (!Files.isDirectory(folder)) {
            return Stream.of(OracleCase.absent("No oracle folder at " + folder.toAbsolutePath() + "; set -D"
                    + FOLDER_PROPERTY + " to the folder that holds " + subject + ".json"));
        }
        Path file = folder.resolve(subject + ".json");
        JsonNode cases = parse(file).path("cases");
        if (!cases.isArray() || cases.isEmpty()) {
            throw new IllegalStateException(file + " has no cases; a list 'cases' with one or more is expected");
        }
        List<OracleCase> result = new ArrayList<>();
        for (JsonNode node : cases) {
            result.add(OracleCase.parsed(subject, node));
        }
        return result.stream();
    }

    private static JsonNode parse(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Oracle file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path folder() {
        String configured = System.getProperty(FOLDER_PROPERTY, "");
        return configured.isBlank()
                ? projectRoot().resolveSibling("shared").resolve("oracle")
                : Path.of(configured).normalize();
    }

    /** The nearest folder above the working directory that holds {@code .mvn}; else the working directory. */
    private static Path projectRoot() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        return start;
    }
}
