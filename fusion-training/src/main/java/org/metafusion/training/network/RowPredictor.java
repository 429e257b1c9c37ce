package org.metafusion.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.tensor.RowKernel;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.Standardiser;

/**
 * Outputs of trained students for one row, in plain loops on the calling thread: no backend, no queue, no lock and no
 * garbage, since one row is too little work for any of them to pay.
 *
 * <p>Immutable and shared by any number of threads, each with a {@link Scratch} of its own. What students share, the
 * standardised features and the frozen representations, is computed once a row. Sums are float32 in the order of the
 * inputs; a batch gives the same up to rounding.
 */
public final class RowPredictor {

    private final RowKernel kernel;
    private final List<Standardiser> standardisers;
    private final InputKey[] keys;
    private final @Nullable FittedExtractor[] extractors;
    private final @Nullable RowLayer[] affine;
    private final RowStudent[] copies;
    private final int folds;
    private final int outputs;

    /** One thread's memory. */
    public static final class Scratch {
        private final float[][] standardised;
        private final boolean[] isStandardised;
        private final float[][] inputs;
        private final float[][] rows;
        private final boolean[] isReady;
        private final RowStudent.@Nullable Buffers[] buffers;
        private final float[] output;

        private Scratch(RowPredictor predictor) {
            standardised = predictor.standardisers.stream()
                    .map(standardiser -> new float[standardiser.mean().length])
                    .toArray(float[][]::new);
            isStandardised = new boolean[standardised.length];
            inputs = new float[predictor.keys.length][];
            rows = new float[inputs.length][];
            isReady = new boolean[inputs.length];
            buffers = new RowStudent.Buffers[predictor.copies.length];
            output = new float[predictor.outputs];
        }

        private RowStudent.Buffers buffers(int number, RowStudent student) {
            RowStudent.Buffers own = buffers[number];
            if (own == null) {
                own = student.newBuffers();
                buffers[number] = own;
            }
            return own;
        }
    }

    /** With the parameters of all students of the layout, flat. */
    public RowPredictor(RowKernel kernel, CohortLayout layout, Preparation preparation, float[] flat) {
        this.kernel = kernel;
        standardisers = preparation.standardisers();
        int count = layout.everyone().count();
        folds = layout.folds();
        outputs = layout.cohort().task().outputs();
        List<InputKey> read = List.copyOf(layout.inputs(layout.everyone()));
        keys = read.toArray(InputKey[]::new);
        extractors = new FittedExtractor[keys.length];
        affine = new RowLayer[keys.length];
        for (int i = 0; i < keys.length; i++) {
            FittedExtractor extractor = preparation.extractors().get(keys[i]);
            extractors[i] = extractor;
            affine[i] = extractor == null
                    ? null
                    : extractor.affine().map(RowLayer::of).orElse(null);
        }
        copies = new RowStudent[count];
        for (int copy = 0; copy < count; copy++) {
            copies[copy] = RowStudent.of(layout, copy, read, flat);
        }
    }

    /** Memory for one thread. */
    public Scratch newScratch() {
        return new Scratch(this);
    }

    /**
     * Outputs {@code [outputs]} of each of {@code members}: logits, or values in the training's scale; the mean over a
     * student's copies.
     *
     * @param features those of each modality in the cohort's order; null where no member needs
     *     it or it is not there
     * @param members students
     * @param outputs one array a member, overwritten
     */
    public void predict(@Nullable float[][] features, int[] members, Scratch scratch, float[][] outputs) {
        Arrays.fill(scratch.isStandardised, false);
        Arrays.fill(scratch.isReady, false);
        for (int m = 0; m < members.length; m++) {
            int first = members[m] * folds;
            predict(first, features, scratch, outputs[m]);
            for (int copy = first + 1; copy < first + folds; copy++) {
                predict(copy, features, scratch, scratch.output);
                add(outputs[m], scratch.output);
            }
            for (int c = 0; c < outputs[m].length && folds > 1; c++) {
                outputs[m][c] /= folds;
            }
        }
    }

    private static void add(float[] sum, float[] output) {
        for (int c = 0; c < sum.length; c++) {
            sum[c] += output[c];
        }
    }

    private void predict(int copy, @Nullable float[][] features, Scratch scratch, float[] output) {
        RowStudent student = copies[copy];
        for (int input : student.inputs()) {
            if (!scratch.isReady[input]) {
                scratch.isReady[input] = true;
                boolean isMissing = student.isTolerant() && features[keys[input].modality()] == null;
                scratch.rows[input] = isMissing ? RowStudent.MISSING : input(input, features, scratch);
            }
        }
        student.predict(kernel, scratch.rows, scratch.buffers(copy, student), output);
    }

    private float[] input(int index, @Nullable float[][] features, Scratch scratch) {
        float[] standardised = standardised(keys[index].modality(), features, scratch);
        FittedExtractor extractor = extractors[index];
        if (extractor == null) {
            return standardised;
        }
        RowLayer map = affine[index];
        if (map == null) {
            return extractor.apply(standardised, 1);
        }
        float[] scores = scratch.inputs[index];
        if (scores == null) {
            scores = new float[map.outputs()];
            scratch.inputs[index] = scores;
        }
        map.apply(kernel, standardised, scores);
        return scores;
    }

    private float[] standardised(int modality, @Nullable float[][] features, Scratch scratch) {
        float[] to = scratch.standardised[modality];
        if (!scratch.isStandardised[modality]) {
            scratch.isStandardised[modality] = true;
            float[] from = Objects.requireNonNull(features[modality], "a modality a member needs");
            standardisers.get(modality).apply(from, to);
        }
        return to;
    }
}
