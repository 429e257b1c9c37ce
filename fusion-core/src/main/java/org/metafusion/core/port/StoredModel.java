package org.metafusion.core.port;

import java.util.Map;

/**
 * A model as plain data, for a {@link ModelStore}: what it is, as a tree of maps, lists, strings, numbers and booleans,
 * and its float32 tensors by name.
 *
 * @param manifest the tree; its keys are strings
 * @param tensors by unique name
 */
public record StoredModel(Map<String, Object> manifest, Map<String, StoredTensor> tensors) {

    public StoredModel {
        manifest = Map.copyOf(manifest);
        tensors = Map.copyOf(tensors);
    }

    /**
     * A float32 array.
     *
     * @param shape its product is the number of values
     * @param values row-major
     */
    public record StoredTensor(int[] shape, float[] values) {
        public StoredTensor {
            long size = 1;
            for (int extent : shape) {
                size *= extent;
            }
            if (size != values.length) {
                throw new IllegalArgumentException("A tensor of shape " + java.util.Arrays.toString(shape) + " takes "
                        + size + " values but got " + values.length);
            }
        }

        /** A vector. */
        public static StoredTensor of(float... values) {
            return new StoredTensor(new int[] {values.length}, values);
        }
    }
}
