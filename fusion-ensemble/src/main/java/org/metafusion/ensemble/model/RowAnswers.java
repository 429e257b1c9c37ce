package org.metafusion.ensemble.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ModelContent content;
    private final List<Modality> modalities;
    private final List<String> names;
    private final RowPredictor predictor;
    private final Map<BitSet, Route> routes = new ConcurrentHashMap<>();
    private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(this::newDesk);

    /** Who answers when certain modalities are there. */
    private record Route(Committee committee, List<String> present) {}

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

    RowAnswers(ModelContent content, CohortLayout layout, RowKernel kernel) {
        this.content = content;
        this.modalities = content.cohort().modalities();
        this.names = modalities.stream().map(Modality::name).toList();
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
        Route route = route(desk.mask);
        Committee committee = route.committee();
        int width = content.cohort().task().outputs();
        float[][] outputs = desk.outputs(committee.members().length, width);
        predictor.predict(desk.features, committee.members(), desk.scratch, outputs);
        Arrays.fill(desk.features, null);
        double[] values = new double[width];
        committee.combineRow(outputs, content.cohort().task(), values);
        Outputs.readable(values, content.cohort().task(), content.preparation().targets());
        return new Prediction(content.cohort().task(), values, route.present(), committee);
    }

    private void read(Sample sample, Desk desk) {
        desk.mask.clear();
        int known = 0;
        for (int m = 0; m < modalities.size(); m++) {
            float[] values = sample.features().get(names.get(m));
            if (values != null) {
                requireReadable(modalities.get(m), values);
                desk.mask.set(m);
                known++;
            }
            desk.features[m] = values;
        }
        if (known < sample.features().size()) {
            throw unknown(sample.features().keySet().stream()
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .orElseThrow());
        }
        if (known == 0) {
            throw new FusionException("Row 'sample' has no modality; give it one of " + names);
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

    FusionException unknown(String name) {
        return new FusionException("The model has no modality '" + name + "'; it knows " + names);
    }

    private Route route(BitSet mask) {
        Route known = routes.get(mask);
        if (known != null) {
            return known;
        }
        BitSet kept = (BitSet) mask.clone();
        Route route =
                new Route(committee(kept), kept.stream().mapToObj(names::get).toList());
        routes.put(kept, route);
        return route;
    }

    /** The committee that answers when these modalities, one at least, are there. */
    Committee committee(BitSet mask) {
        return content.committees()
                .forAvailable(mask)
                .orElseThrow(() -> new FusionException("No student of the model can predict from "
                        + Masks.words(mask, names) + " alone; the model has committees for "
                        + content.committees().all().keySet().stream()
                                .map(known -> Masks.words(known, names))
                                .toList()));
    }
}
