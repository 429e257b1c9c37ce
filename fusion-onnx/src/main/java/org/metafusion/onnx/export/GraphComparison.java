package org.metafusion.onnx.export;

import java.util.List;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.onnx.runtime.FloatRows;

/** A graph's outputs beside the model's predictions. */
record GraphComparison(CommitteeGraph graph) {

    /**
     * How far they are from one another.
     *
     * @throws FusionException if that is more than {@link Parity#TOLERANCE}
     */
    Parity of(FloatRows outputs, List<Prediction> predictions, List<String> ids) {
        double largest = 0;
        int width = outputs.width();
        double[] deviations = deviations(predictions, width);
        for (int i = 0; i < outputs.values().length; i++) {
            int column = i % width;
            double expected = predictions.get(i / width).values()[column];
            double unit = isClassification() ? 1 : Math.max(Math.abs(expected), deviations[column]);
            double difference = Math.abs(outputs.values()[i] - expected) / unit;
            if (!(difference <= Parity.TOLERANCE)) { // so that NaN is refused as well
                throw new FusionException("The ONNX graph is not kept: row '" + ids.get(i / width) + "' has "
                        + outputs.values()[i] + " in column " + column + " of '" + graph.output()
                        + "' where the model says " + expected + ", further apart than " + Parity.TOLERANCE
                        + "; please report this with the model");
            }
            largest = Math.max(largest, difference);
        }
        return new Parity(outputs.rows(), largest);
    }

    private boolean isClassification() {
        return graph.content().cohort().task() instanceof Task.Classification;
    }

    /** Of each column: of the predictions, or what the training's targets were divided by where that is more. */
    private double[] deviations(List<Prediction> predictions, int width) {
        double[] scaling = graph.content().preparation().targets().deviation();
        double[] deviations = new double[width];
        for (int column = 0; column < width && !isClassification(); column++) {
            double sum = 0;
            double squares = 0;
            for (Prediction prediction : predictions) {
                double scaled = prediction.values()[column] / scaling[column];
                sum += scaled;
                squares += scaled * scaled;
            }
            double mean = sum / predictions.size();
            double variance = Math.max(0, squares / predictions.size() - mean * mean);
            deviations[column] = scaling[column] * Math.max(1, Math.sqrt(variance));
        }
        return deviations;
    }
}
