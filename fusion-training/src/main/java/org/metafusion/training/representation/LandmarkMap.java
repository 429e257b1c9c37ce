package org.metafusion.training.representation;

import java.util.Map;
import org.metafusion.core.FusionException;

/**
 * What a kernel expansion {@code z = k(x, landmarks) A + b} consists of.
 *
 * @param landmarks {@code [count, inputs]}
 * @param unit the squared distance by which squared distances are divided
 * @param coefficients A, {@code [count, width]}
 * @param bias b, {@code [width]}
 */
record LandmarkMap(float[] landmarks, float unit, float[] coefficients, float[] bias) {

    /** @throws FusionException if an array is missing or the arrays do not fit together */
    static LandmarkMap restore(String name, Map<String, float[]> state) {
        float[] landmarks = StateArrays.get(name, state, "landmarks");
        float[] unit = StateArrays.get(name, state, "unit");
        float[] coefficients = StateArrays.get(name, state, "coefficients");
        float[] bias = StateArrays.get(name, state, "bias");
        int count = bias.length == 0 ? 0 : coefficients.length / bias.length;
        if (count == 0
                || coefficients.length != count * bias.length
                || landmarks.length == 0
                || landmarks.length % count != 0
                || unit.length != 1
                || !(unit[0] > 0)) {
            throw new FusionException("A stored '" + name + "' of " + bias.length + " features over " + count
                    + " landmarks does not fit together: it has " + landmarks.length + " values of landmarks, "
                    + coefficients.length + " coefficients and " + unit.length + " units; store the model again");
        }
        return new LandmarkMap(landmarks, unit[0], coefficients, bias);
    }

    int width() {
        return bias.length;
    }

    int count() {
        return coefficients.length / bias.length;
    }

    int inputs() {
        return landmarks.length / count();
    }

    Map<String, float[]> state() {
        return Map.of("landmarks", landmarks, "unit", new float[] {unit}, "coefficients", coefficients, "bias", bias);
    }
}
