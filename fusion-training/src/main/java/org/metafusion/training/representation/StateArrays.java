package org.metafusion.training.representation;

import java.util.Map;
import java.util.TreeSet;
import org.metafusion.core.FusionException;

/** Reading a stored extractor's arrays. */
public final class StateArrays {

    private StateArrays() {}

    /**
     * An array by name.
     *
     * @throws FusionException if it is missing
     */
    public static float[] get(String extractor, Map<String, float[]> state, String name) {
        float[] values = state.get(name);
        if (values == null) {
            throw new FusionException("A stored '" + extractor + "' has no '" + name + "', only "
                    + new TreeSet<>(state.keySet()) + "; store the model again");
        }
        return values;
    }
}
