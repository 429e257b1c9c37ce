package org.metafusion.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.metafusion.cli.report.CsvTable;
import org.metafusion.cli.report.JsonRenderer;
import org.metafusion.cli.report.Section;
import org.metafusion.core.FusionException;
import org.metafusion.data.file.AtomicFile;
import picocli.CommandLine.Option;

/**
 * The folder of {@code --out}: what a command says as JSON, {@code NAME.json}, and its tables of measurements as CSV,
 * {@code NAME-TABLE.csv}. Each file is there whole or not at all.
 */
final class ResultFolder {

    @Written
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write results to this folder: one JSON file, and a CSV file for each table of rows.")
    private Optional<Path> folder = Optional.empty();

    /** Makes the folder, so that long work need not end in vain. */
    void prepare(String name) {
        folder.ifPresent(dir -> {
            try {
                Files.createDirectories(dir);
            } catch (IOException e) {
                throw new FusionException(
                        "Cannot make folder " + dir + " for --out: " + e.getMessage() + "; give another", e);
            }
            new AtomicFile(dir.resolve(name + ".json")).requireWritable();
        });
    }

    /**
     * Writes the files and gives their paths; none without {@code --out}.
     *
     * @param name of the command or study
     * @param sections for the JSON file
     * @param tables for CSV files
     */
    List<Path> write(String name, List<Section> sections, List<Section.Table> tables) {
        List<Path> written = new ArrayList<>();
        folder.ifPresent(dir -> {
            for (Section.Table table : tables) {
                Path file = dir.resolve(name + "-" + table.key() + ".csv");
                new AtomicFile(file).write(out -> CsvTable.write(table, out));
                written.add(file);
            }
            Path file = dir.resolve(name + ".json");
            byte[] json = json(name, sections);
            new AtomicFile(file).write(out -> out.write(json));
            written.add(file);
        });
        return written;
    }

    private static byte[] json(String name, List<Section> sections) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonRenderer renderer = new JsonRenderer(new PrintStream(bytes, false, StandardCharsets.UTF_8), name);
        sections.forEach(renderer::section);
        renderer.finish();
        return bytes.toByteArray();
    }
}
