package org.metafusion.data.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;

/**
 * The files of a data folder that count. Subfolders, other endings than {@code .csv} and names that start with {@code .}
 * or {@code ~} (which editors leave behind) do not.
 *
 * @param modalities sorted by name
 */
record FolderFiles(Path folder, List<Path> modalities) {

    static final String LABELS = "labels.csv";

    static FolderFiles of(Path folder) {
        if (!Files.exists(folder)) {
            throw new FusionException("Data folder " + folder + " does not exist; check the path");
        }
        if (!Files.isDirectory(folder)) {
            throw new FusionException("Data folder " + folder
                    + " is a file; give the folder that holds labels.csv and a CSV file per modality");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return new FolderFiles(
                    folder,
                    entries.filter(FolderFiles::isCsv)
                            .filter(file -> !file.getFileName().toString().equals(LABELS))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new FusionException(
                    "Data folder " + folder + " cannot be read (" + e.getClass().getSimpleName()
                            + "); check that you may read it",
                    e);
        }
    }

    private void requireModalities() {
        if (modalities.isEmpty()) {
            throw new FusionException("Data folder " + folder
                    + " has no modality; give one CSV file per modality, such as image.csv, with the columns id and its"
                    + " features");
        }
    }

    private static boolean isCsv(Path file) {
        String name = file.getFileName().toString();
        return name.toLowerCase(Locale.ROOT).endsWith(".csv")
                && !name.startsWith(".")
                && !name.startsWith("~")
                && Files.isRegularFile(file);
    }

    /** The labels file. */
    CsvFile labels() {
        Path file = folder.resolve(LABELS);
        if (!Files.isRegularFile(file)) {
            throw new FusionException("Data folder " + folder + " has no labels.csv; " + mendOfLabels());
        }
        return new CsvFile(file);
    }

    private String mendOfLabels() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(LABELS)))
                    .sorted()
                    .findFirst()
                    .map(inner -> "did you mean " + inner + "?")
                    .orElse("give one with the columns id,label,split (split is train or test)");
        } catch (IOException e) {
            return "check that you may read the folder";
        }
    }

    static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".csv".length());
    }

    /** Every modality's file, in order. */
    List<FeatureRows> readAll() {
        return readInParallel(file -> FeatureRows.read(new CsvFile(file), nameOf(file), Optional.empty()));
    }

    /**
     * The files of the modalities a model knows, in its order; a modality without a file has no rows.
     *
     * @throws FusionException if a file is of no known modality
     */
    List<FeatureRows> readAll(List<Modality> known) {
        for (Path file : modalities) {
            expected(file, known);
        }
        Map<String, FeatureRows> byName = new HashMap<>();
        for (FeatureRows rows : readInParallel(
                file -> FeatureRows.read(new CsvFile(file), nameOf(file), Optional.of(expected(file, known))))) {
            byName.put(rows.modality().name(), rows);
        }
        return known.stream()
                .map(modality -> byName.getOrDefault(modality.name(), FeatureRows.none(folder, modality)))
                .toList();
    }

    private static Modality expected(Path file, List<Modality> known) {
        return known.stream()
                .filter(modality -> modality.name().equals(nameOf(file)))
                .findFirst()
                .orElseThrow(() -> new FusionException(file + ": modality " + Wording.quoted(nameOf(file))
                        + " is unknown to the model; it knows "
                        + Wording.names(known.stream().map(Modality::name).toList())
                        + ", so rename or remove the file"));
    }

    private interface Reading {
        FeatureRows read(Path file);
    }

    private record Outcome(Optional<FeatureRows> rows, Optional<FusionException> failure) {}

    /** Reads the files at once; of several bad files the first by name is always the one complained of. */
    private List<FeatureRows> readInParallel(Reading reading) {
        requireModalities();
        List<Outcome> outcomes =
                modalities.parallelStream().map(file -> attempt(reading, file)).toList();
        List<FeatureRows> all = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            outcome.failure().ifPresent(failure -> {
                throw failure;
            });
            outcome.rows().ifPresent(all::add);
        }
        return all;
    }

    private static Outcome attempt(Reading reading, Path file) {
        try {
            return new Outcome(Optional.of(reading.read(file)), Optional.empty());
        } catch (FusionException e) {
            return new Outcome(Optional.empty(), Optional.of(e));
        }
    }
}
