package org.metafusion.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.cli.report.Terminal;

/** Runs {@code fusion} within the test. */
public final class Shell {

    /** Settings under which a small fit takes a moment. */
    private static final List<String> QUICK = List.of(
            "--set",
            "training.epochs=3",
            "--set",
            "mutual.rhos=0,1",
            "--set",
            "cohort.max-students=6",
            "--set",
            "cohort.hidden=[8]",
            "--threads",
            "1");

    /** What a command said, and how it ended. */
    public record Ran(int code, String out, String err) {

        /** Its standard output as JSON. */
        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public List<String> lines() {
            return out.lines().toList();
        }
    }

    private Shell() {}

    /** {@code arguments} may be paths. */
    public static Ran fusion(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.plain(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int code = FusionCommand.run(words, terminal);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** With settings that make a fit quick. */
    public static Ran quick(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(QUICK);
        return fusion(all.toArray());
    }

    /** A quick fit. */
    public static Ran fit(Path data, Path model) {
        return quick("fit", data, "-o", model);
    }
}
