package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.representation.Representation;

/**
 * The representations a modality gets when none are named: raw, then principal components of a half, a quarter and an
 * eighth of what the features and rows allow, at most 256 and at least 4, without those that would hardly be smaller
 * than the one before.
 */
final class DefaultRepresentations {

    private static final int WIDEST = 256;
    private static final int NARROWEST = 4;
    private static final int EXTRACTED = 3;

    private DefaultRepresentations() {}

    static List<Representation> of(Modality modality, int rows, int modalities) {
        List<Representation> representations = new ArrayList<>();
        representations.add(new Representation.Raw());
        int width = Math.min(WIDEST, Math.min(modality.width(), rows) / 2);
        int count = modalities <= 2 ? EXTRACTED : 1;
        for (int i = 0; i < count && width >= NARROWEST; i++) {
            representations.add(new Representation.Extracted("pca", width));
            width /= 2;
        }
        return representations;
    }
}
