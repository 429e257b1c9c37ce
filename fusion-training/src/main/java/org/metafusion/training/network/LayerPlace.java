package org.metafusion.training.network;

/**
 * Where a dense layer stands within a student.
 *
 * @param number its own among the student's layers, whoever else is in the stack: dropout masks depend on it, so that a
 *     student trains to the same bits among others as alone
 * @param isHidden whether another layer follows
 */
record LayerPlace(int number, boolean isHidden) {

    /** Layers of a head or an encoder at most. */
    private static final int MOST_LAYERS = 64;

    static LayerPlace inHead(int layer, int layers) {
        return new LayerPlace(layer, layer < layers - 1);
    }

    static LayerPlace inEncoder(int modality, int layer, int layers) {
        return new LayerPlace(MOST_LAYERS * (1 + modality) + layer, layer < layers - 1);
    }

    /** Where the head begins to read a modality. */
    static LayerPlace afterEncoder(int modality) {
        return new LayerPlace(MOST_LAYERS * (1 + modality) + MOST_LAYERS - 1, true);
    }
}
