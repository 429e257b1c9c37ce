package org.metafusion.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Members;
import org.metafusion.training.representation.InputKey;

/**
 * Trains the small cohort here and in PyTorch on the same initial weights, rows and batches, and compares every
 * student's validation loss after each epoch. The files that carry them are raw little-endian arrays and a manifest.
 */
final class LossCheck {

    private static final TimedCohort.Length LENGTH = new TimedCohort.Length(1400, 3);
    private static final CohortShape SHAPE = CohortShape.SMALL;
    private static final Pattern LINE =
            Pattern.compile("\"peer\": \"([^\"]*)\".*\"part\": \"([^\"]*)\".*\"losses\": \\[(.*)]}");

    private LossCheck() {}

    /** The mean loss after each epoch on every side, and the largest relative difference of any student's. */
    static String run(String python, String script) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fusion-losses");
        try (TimedCohort cohort = new TimedCohort("cpu", 1, SHAPE, LENGTH)) {
            export(cohort, folder);
            Map<String, double[][]> ours =
                    Map.of("phase 1", losses(cohort.alone()), "phase 2", losses(cohort.mutual()));
            return compare(ours, theirs(python, script, folder));
        } finally {
            delete(folder);
        }
    }

    /** {@code [epoch][student]}. */
    private static double[][] losses(PhaseOutcome outcome) {
        double[][] losses = new double[LENGTH.epochs()][outcome.students().size()];
        for (int epoch = 0; epoch < losses.length; epoch++) {
            for (int s = 0; s < losses[epoch].length; s++) {
                losses[epoch][s] = outcome.students().get(s).lossByEpoch()[epoch];
            }
        }
        return losses;
    }

    private static void export(TimedCohort timed, Path folder) throws IOException {
        Cohort cohort = timed.prepared().layout().cohort();
        Map<String, MultimodalDataset> parts = Map.of(
                "train", RandomRows.of(SHAPE, LENGTH.rows()),
                "validation", RandomRows.of(SHAPE, LENGTH.validationRows()));
        var keys = timed.prepared().layout().inputs(Members.all(cohort.size()));
        for (Map.Entry<String, MultimodalDataset> part : parts.entrySet()) {
            var prepared = timed.prepared().preparation().apply(part.getValue().samples(), keys);
            for (Map.Entry<InputKey, RowValues> input : prepared.inputs().entrySet()) {
                InputKey key = input.getKey();
                String name = part.getKey() + "-" + key.modality() + "-" + key.label() + ".f32";
                write(folder.resolve(name), input.getValue().toArray("Input '" + key.label() + "'"));
            }
            write(
                    folder.resolve(part.getKey() + "-labels.i32"),
                    ((Targets.Labels) part.getValue().targets()).labels());
        }
        write(
                folder.resolve("parameters.f32"),
                timed.prepared()
                        .layout()
                        .start(TimedCohort.SEED, timed.prepared().preparation().starts()));
        write(folder.resolve("order.i32"), order());
        String inputs = keys.stream()
                .map(key -> pair(
                        key.modality(),
                        key.label(),
                        ", " + timed.prepared().preparation().width(key)))
                .collect(Collectors.joining(", "));
        String students = cohort.students().stream().map(LossCheck::keys).collect(Collectors.joining(", "));
        Files.writeString(
                folder.resolve("manifest.json"),
                "{\"hidden\": " + SHAPE.hidden() + ", \"classes\": " + SHAPE.classes() + ", \"batch\": "
                        + TimedCohort.BATCH + ", \"epochs\": " + LENGTH.epochs() + ", \"inputs\": [" + inputs
                        + "], \"students\": [" + students + "]}");
    }

    private static String keys(StudentSpec student) {
        List<String> keys = new ArrayList<>();
        for (int m : student.modalities()) {
            Representation representation = student.representations().get(m);
            keys.add(pair(m, representation.label(), ""));
        }
        return keys.toString();
    }

    private static String pair(int modality, String label, String more) {
        return "[" + modality + ", \"" + label + "\"" + more + "]";
    }

    /** The order of the rows in each epoch, drawn as training draws it; if that changes, this check fails. */
    private static int[] order() {
        SplittableRandom seeds = new SplittableRandom(TimedCohort.SEED ^ 0x0BA7C4E5L);
        int[] all = new int[LENGTH.epochs() * LENGTH.rows()];
        for (int epoch = 0; epoch < LENGTH.epochs(); epoch++) {
            SplittableRandom random = new SplittableRandom(seeds.nextLong());
            int[] order = new int[LENGTH.rows()];
            for (int i = 0; i < order.length; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            System.arraycopy(order, 0, all, epoch * order.length, order.length);
        }
        return all;
    }

    private static void write(Path file, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static void write(Path file, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static List<String> theirs(String python, String script, Path folder)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python, script, "--check", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(script + " --check failed");
        }
        return lines;
    }

    private static String compare(Map<String, double[][]> ours, List<String> theirs) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"validation loss, mean", "epoch", "metafusion", "pytorch", "largest difference"});
        for (String line : theirs) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.find()) {
                double[][] own = Objects.requireNonNull(ours.get(matcher.group(2)));
                double[][] other = parse(matcher.group(3));
                for (int epoch = 0; epoch < own.length; epoch++) {
                    rows.add(new String[] {
                        matcher.group(2) + ", " + matcher.group(1),
                        Integer.toString(epoch + 1),
                        String.format(
                                "%.5f", Arrays.stream(own[epoch]).average().orElseThrow()),
                        String.format(
                                "%.5f", Arrays.stream(other[epoch]).average().orElseThrow()),
                        String.format(Locale.ROOT, "%.2g %%", 100 * difference(own[epoch], other[epoch]))
                    });
                }
            }
        }
        return RatioTable.aligned(rows);
    }

    private static double difference(double[] own, double[] other) {
        double largest = 0;
        for (int s = 0; s < own.length; s++) {
            largest = Math.max(largest, Math.abs(own[s] - other[s]) / Math.abs(own[s]));
        }
        return largest;
    }

    private static double[][] parse(String lists) {
        return Stream.of(lists.split("],", -1))
                .map(list -> Stream.of(list.replaceAll("[\\[\\] ]", "").split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
