package org.metafusion.examples.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainExampleTest {

    @Test
    void runsAndLearns(@TempDir Path dir) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PlainExample.run(dir.resolve("birds.fusion"), new PrintStream(out, true, StandardCharsets.UTF_8));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        double accuracy = Double.parseDouble(lines.get(0).replace("accuracy on new birds: ", ""));
        assertTrue(accuracy > 0.8, lines.get(0));
        assertTrue(lines.get(2).startsWith("song alone"), lines.get(2));
        assertEquals("the same after loading: " + lines.get(0).substring(23), lines.get(lines.size() - 1));
    }
}
