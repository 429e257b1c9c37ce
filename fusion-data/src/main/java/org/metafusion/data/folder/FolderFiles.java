package org.metafusion.data.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            List<Path> modalities = entries.filter(FolderFiles::isCsv)
                    .filter(file -> !file.getFileName().toString().equals(LABELS))
                    .sorted()
                    .toList();
            if (modalities.isEmpty()) {
                throw new FusionException("Data folder " + folder
                        + " has no modality; give one CSV file per modality, such as image.csv, with the columns id and"
                        + " its features");
            }
            return new FolderFiles(folder, modalities);
        } catch (IOException e) {
            throw new FusionException(
                    "Data folder " + folder + " cannot be read (" + e.getClass().getSimpleName()
                            + "); check that you may read it",
                    e);
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
            throw new FusionException("Data folder " + folder
                    + " has no labels.csv; give one with the columns id,label,split (split is train or test)");
        }
        return new CsvFile(file);
    }

    static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".csv".length());
    }

    /** Every modality's file, in order. */
    List<FeatureRows> readAll() {
        return readInParallel(file -> FeatureRows.read(new CsvFile(file), nameOf(file), Optional.empty()));
    }

    /** Every file, each of a modality the model knows. */
    List<FeatureRows> readAll(List<Modality> known) {
        for (Path file : modalities) {
            expected(file, known);
        }
        return readInParallel(
                file -> FeatureRows.read(new CsvFile(file), nameOf(file), Optional.of(expected(file, known))));
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
