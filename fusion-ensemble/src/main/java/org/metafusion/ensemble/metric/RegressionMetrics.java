package org.metafusion.ensemble.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good predicted values are; definitions as in scikit-learn, each the mean over the outputs. Never NaN.
 *
 * @param mse mean squared error
 * @param rmse the root of {@code mse}
 * @param mae mean absolute error
 * @param r2 {@code 1 - sum (y - f)^2 / sum (y - mean y)^2}; where the targets do not vary 1 if all are hit, else 0
 * @param pearson correlation of predictions and targets; 0 where either does not vary
 */
public record RegressionMetrics(double mse, double rmse, double mae, double r2, double pearson) {

    /** From predictions and targets {@code [n, outputs]}, row-major, at least one row. */
    public static RegressionMetrics of(double[] predictions, double[] targets, int outputs) {
        if (targets.length == 0 || predictions.length != targets.length || targets.length % outputs != 0) {
            throw new IllegalArgumentException("Metrics of " + outputs + " outputs need one row or more and as many"
                    + " predictions as targets, but got " + predictions.length + " and " + targets.length);
        }
        double squares = 0;
        double distances = 0;
        for (int i = 0; i < targets.length; i++) {
            double error = predictions[i] - targets[i];
            squares += error * error;
            distances += Math.abs(error);
        }
        double explained = 0;
        double correlation = 0;
        for (int output = 0; output < outputs; output++) {
            Moments moments = Moments.of(predictions, targets, output, outputs);
            explained += moments.r2() / outputs;
            correlation += moments.pearson() / outputs;
        }
        double mse = squares / targets.length;
        return new RegressionMetrics(mse, Math.sqrt(mse), distances / targets.length, explained, correlation);
    }

    /** The figures by name, in the order reports show them. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("mse", mse);
        values.put("rmse", rmse);
        values.put("mae", mae);
        values.put("r2", r2);
        values.put("pearson", pearson);
        return Collections.unmodifiableMap(values);
    }

    /** Sums over the rows of one output: squared errors, and squares and products about the means. */
    private record Moments(double errors, double ofPredictions, double ofTargets, double products) {

        static Moments of(double[] predictions, double[] targets, int output, int outputs) {
            int rows = targets.length / outputs;
            double meanPrediction = 0;
            double meanTarget = 0;
            for (int i = output; i < targets.length; i += outputs) {
                meanPrediction += predictions[i] / rows;
                meanTarget += targets[i] / rows;
            }
            double errors = 0;
            double ofPredictions = 0;
            double ofTargets = 0;
            double products = 0;
            for (int i = output; i < targets.length; i += outputs) {
                double prediction = predictions[i] - meanPrediction;
                double target = targets[i] - meanTarget;
                errors += (predictions[i] - targets[i]) * (predictions[i] - targets[i]);
                ofPredictions += prediction * prediction;
                ofTargets += target * target;
                products += prediction * target;
            }
            return new Moments(errors, ofPredictions, ofTargets, products);
        }

        double r2() {
            if (ofTargets == 0) {
                return errors == 0 ? 1 : 0;
            }
            return 1 - errors / ofTargets;
        }

        double pearson() {
            double spread = Math.sqrt(ofPredictions) * Math.sqrt(ofTargets);
            return spread == 0 ? 0 : products / spread;
        }
    }
}
