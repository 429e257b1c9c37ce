package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.InputGradients;
import org.metafusion.training.network.Presence;

/** How a model's loss on rows changes with their standardised features, each row answered by the committee it would be. */
final class LossGradients {

    private final ModelContent content;
    private final TensorBackend backend;
    private final Routes routes;

    LossGradients(ModelContent content, TensorBackend backend, Routes routes) {
        this.content = content;
        this.backend = backend;
        this.routes = routes;
    }

    /**
     * The gradients {@code [rows, width]}, one a modality.
     *
     * @param rows aligned with the model
     * @param predicted what the model says of each row
     * @param groups rows by the modalities they have
     */
    List<float[]> of(MultimodalDataset rows, List<Prediction> predicted, Map<BitSet, int[]> groups) {
        List<float[]> gradients = new ArrayList<>();
        rows.modalities()
                .forEach(m -> gradients.add(
                        HeapRows.room("The gradient of modality '" + m.name() + "'", rows.rows(), m.width())));
        groups.forEach((mask, selected) -> {
            Committee committee =
                    routes.of(mask, rows.samples().ids().get(selected[0])).committee();
            MultimodalDataset part = rows.select(selected);
            List<Prediction> of =
                    java.util.Arrays.stream(selected).mapToObj(predicted::get).toList();
            List<float[]> found = of(committee, part, of);
            for (int m = 0; m < gradients.size(); m++) {
                int width = rows.modalities().get(m).width();
                for (int i = 0; i < selected.length; i++) {
                    System.arraycopy(found.get(m), i * width, gradients.get(m), selected[i] * width, width);
                }
            }
        });
        return gradients;
    }

    private List<float[]> of(Committee committee, MultimodalDataset rows, List<Prediction> predicted) {
        CohortLayout layout = content.layout(FusionOperators.standard());
        double[] dCombined = dCombined(rows.targets(), predicted);
        int[] students = committee.members().clone();
        java.util.Arrays.sort(students);
        float[][] dOutputs = new float[students.length][dCombined.length];
        for (int m = 0; m < students.length; m++) {
            float[] of =
                    dOutputs[java.util.Arrays.binarySearch(students, committee.members()[m])];
            for (int i = 0; i < of.length; i++) {
                of[i] += (float) (committee.weights()[m] * dCombined[i] / committee.temperature());
            }
        }
        try (InputGradients gradients = new InputGradients(
                backend,
                layout,
                content.preparation(),
                content.parameters(),
                new InputGradients.Rows(students, rows.rows()))) {
            return gradients.backward(standardised(rows.samples()), Presence.of(rows.samples()), dOutputs);
        }
    }

    private List<float[]> standardised(Samples samples) {
        List<float[]> standardised = new ArrayList<>();
        for (int m = 0; m < samples.tables().size(); m++) {
            FeatureTable table = samples.tables().get(m);
            standardised.add(content.preparation().standardisers().get(m).apply(table));
        }
        return standardised;
    }

    /**
     * The gradient with respect to the committee's calibrated output {@code [rows * k]}: {@code p - onehot} for classes,
     * else that of the squared error in the unit of the targets, the mean over the outputs.
     */
    private double[] dCombined(Targets targets, List<Prediction> predicted) {
        int width = targets.task().outputs();
        double[] gradient = new double[predicted.size() * width];
        for (int row = 0; row < predicted.size(); row++) {
            double[] values = predicted.get(row).values();
            for (int c = 0; c < width; c++) {
                gradient[row * width + c] = targets instanceof Targets.Labels labels
                        ? values[c] - (labels.labels()[row] == c ? 1 : 0)
                        : 2
                                * (values[c] - ((Targets.Values) targets).values()[row * width + c])
                                * content.preparation().targets().deviation()[c]
                                / width;
            }
        }
        return gradient;
    }
}
