package org.metafusion.ensemble.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.tensor.RowKernel;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.RowPredictor;

/** Predictions of single inputs, on the calling thread; all they allocate is the answer. */
final class RowAnswers {

    /** What messages call an input, which has no id. */
    private static final String SAMPLE = "sample";

    private final ModelContent content;
    private final List<Modality> modalities;
    private final Routes routes;
    private final RowPredictor predictor;
    private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(this::newDesk);

    /** One thread's memory. */
    private record Desk(
            RowPredictor.Scratch scratch, @Nullable float[][] features, BitSet mask, float[][][] outputsBySize) {

        /** Arrays for the outputs of so many members. */
        float[][] outputs(int members, int width) {
            float[][] outputs = outputsBySize[members];
            if (outputs.length == 0) {
                outputs = new float[members][width];
                outputsBySize[members] = outputs;
            }
            return outputs;
        }
    }

    RowAnswers(ModelContent content, CohortLayout layout, Routes routes, RowKernel kernel) {
        this.content = content;
        this.modalities = content.cohort().modalities();
        this.routes = routes;
        this.predictor = new RowPredictor(kernel, layout, content.preparation(), content.parameters());
    }

    private Desk newDesk() {
        float[][][] outputs = new float[content.cohort().size() + 1][][];
        Arrays.fill(outputs, new float[0][]);
        return new Desk(predictor.newScratch(), new float[modalities.size()][], new BitSet(), outputs);
    }

    Prediction predict(Sample sample) {
        Desk desk = desks.get();
        read(sample, desk);
        Routes.Route route = routes.of(desk.mask, SAMPLE);
        Committee committee = route.committee();
        int width = content.cohort().task().outputs();
        float[][] outputs = desk.outputs(committee.members().length, width);
        predictor.predict(desk.features, committee.members(), desk.scratch, outputs);
        Arrays.fill(desk.features, null);
        double[] values = new double[width];
        committee.combineRow(outputs, content.cohort().task(), values);
        Outputs.readable(values, content.cohort().task(), content.preparation().targets());
        Outputs.requireFinite(values, SAMPLE);
        return new Prediction(content.cohort().task(), values, route.present(), committee);
    }

    /** What each member of a committee says, in order: logits, or values in the training's scale. */
    float[][] outputs(Sample sample, Committee committee) {
        Desk desk = desks.get();
        read(sample, desk);
        float[][] outputs =
                new float[committee.members().length][content.cohort().task().outputs()];
        predictor.predict(desk.features, committee.members(), desk.scratch, outputs);
        Arrays.fill(desk.features, null);
        return outputs;
    }

    private void read(Sample sample, Desk desk) {
        desk.mask.clear();
        int known = 0;
        for (int m = 0; m < modalities.size(); m++) {
            float[] values = sample.features().get(routes.names().get(m));
            if (values != null) {
                requireReadable(modalities.get(m), values);
                desk.mask.set(m);
                known++;
            }
            desk.features[m] = values;
        }
        if (known < sample.features().size()) {
            throw routes.unknown(sample.features().keySet().stream()
                    .filter(name -> !routes.names().contains(name))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static void requireReadable(Modality modality, float[] values) {
        if (values.length != modality.width()) {
            throw new FusionException("Modality '" + modality.name() + "' takes " + modality.width()
                    + " features but got " + values.length);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                FeatureTable.complete(modality, 1, values.clone()); // says which feature it is
            }
        }
    }
}
