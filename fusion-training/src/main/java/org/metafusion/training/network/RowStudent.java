package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.RowFusion;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.RowKernel;
import org.metafusion.training.representation.InputKey;

/**
 * A trained student on one row.
 *
 * @param isTolerant whether it answers by what is there
 * @param inputs places of its inputs in the row predictor's list
 * @param encoders the trained encoder of each input; {@link RowEncoder#NONE} where the input is frozen
 * @param fusion of its inputs; not asked if there is one
 * @param termWidth sum of the widths of the fusion's terms
 * @param head its layers
 */
record RowStudent(
        boolean isTolerant, int[] inputs, RowEncoder[] encoders, RowFusion fusion, int termWidth, RowLayer[] head) {

    /** Stands for an input that is not there. */
    static final float[] MISSING = {};

    /** One thread's memory for one student; every array has exactly the length of what it holds. */
    static final class Buffers {
        private final float[][] sources;
        private final float[][][] encoded;
        private final float[][] scratch;
        private final float[] terms;
        private final float[][] hidden;

        private Buffers(RowStudent student) {
            sources = new float[student.inputs.length][];
            encoded = new float[student.inputs.length][][];
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = student.encoders[i].newOutputs();
            }
            scratch = student.fusion.newScratch();
            terms = new float[student.inputs.length == 1 ? 0 : student.termWidth];
            hidden = new float[student.head.length - 1][];
            for (int l = 0; l < hidden.length; l++) {
                hidden[l] = new float[student.head[l].outputs()];
            }
        }
    }

    static RowStudent of(CohortLayout layout, int number, List<InputKey> keys, float[] flat) {
        StudentSpec spec = layout.spec(number);
        StudentParameters parameters = layout.copy(number);
        int[] inputs = new int[parameters.modalities().length];
        RowEncoder[] encoders = new RowEncoder[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            int modality = parameters.modalities()[i];
            Representation representation = spec.representations().get(modality);
            inputs[i] = keys.indexOf(layout.input(number, modality));
            encoders[i] = representation
                    .encoder()
                    .map(form -> RowEncoder.of(form, parameters.encoder(modality), flat))
                    .orElse(RowEncoder.NONE);
        }
        int termWidth = parameters.terms().stream().mapToInt(Block::rows).sum();
        List<RowLayer> head = new ArrayList<>();
        head.add(firstLayer(parameters, termWidth, flat));
        head.addAll(List.of(RowLayer.chain(parameters.layers(), flat)));
        return new RowStudent(
                spec.isTolerant(),
                inputs,
                encoders,
                fusion(layout, number, flat),
                termWidth,
                head.toArray(RowLayer[]::new));
    }

    private static RowFusion fusion(CohortLayout layout, int number, float[] flat) {
        StudentSpec spec = layout.spec(number);
        StudentParameters parameters = layout.copy(number);
        if (parameters.modalities().length == 1) {
            return new Concatenation().onRows(List.of(), List.of());
        }
        List<Integer> widths = IntStream.of(parameters.modalities())
                .mapToObj(m -> spec.representations()
                        .get(m)
                        .encoder()
                        .map(EncoderForm::width)
                        .orElseGet(() -> layout.inputWidth(layout.input(number, m))))
                .toList();
        List<float[]> owned = parameters.operator().stream()
                .map(block -> RowLayer.values(block, flat))
                .toList();
        return layout.operators().named(spec.operator()).onRows(widths, owned);
    }

    private static RowLayer firstLayer(StudentParameters parameters, int termWidth, float[] flat) {
        float[] bias = RowLayer.values(parameters.firstBias(), flat);
        float[] weights = new float[termWidth * bias.length];
        int at = 0;
        for (Block term : parameters.terms()) {
            System.arraycopy(flat, term.offset(), weights, at, term.size());
            at += term.size();
        }
        return new RowLayer(weights, bias);
    }

    Buffers newBuffers() {
        return new Buffers(this);
    }

    /**
     * The student's outputs.
     *
     * @param rows each input of the row predictor's list that the student reads; for a tolerant one, {@link #MISSING} or
     *     what is there
     */
    void predict(RowKernel kernel, float[][] rows, Buffers buffers, float[] output) {
        float[] x = terms(kernel, rows, buffers);
        int last = head.length - 1;
        for (int l = 0; l < last; l++) {
            head[l].applyRelu(kernel, x, buffers.hidden[l]);
            x = buffers.hidden[l];
        }
        head[last].apply(kernel, x, output);
    }

    private float[] terms(RowKernel kernel, float[][] rows, Buffers buffers) {
        for (int i = 0; i < inputs.length; i++) {
            buffers.sources[i] = encoders[i].encode(kernel, rows[inputs[i]], buffers.encoded[i]);
        }
        if (inputs.length == 1) {
            return buffers.sources[0];
        }
        fusion.fuse(kernel, buffers.sources, buffers.scratch, buffers.terms);
        return buffers.terms;
    }
}
