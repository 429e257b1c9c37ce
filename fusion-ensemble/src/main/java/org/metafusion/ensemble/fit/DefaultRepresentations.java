package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.representation.Representation;
import org.metafusion.training.forest.ForestExtractor;
import org.metafusion.training.representation.KernelPcaExtractor;

/**
 * The representations a modality gets when none are named: raw, then principal components of a half of what the features
 * and rows allow, at most 256 and at least 4; where rows are few, kernel components of the Laplacian kernel, a forest, and
 * with one or two modalities components of the Gaussian kernel too; where they are many and there are at most two modalities, principal
 * components of a quarter and an eighth.
 */
final class DefaultRepresentations {

    private static final int WIDEST = 256;
    private static final int NARROWEST = 4;
    private static final int EXTRACTED = 3;
    private static final int KERNEL_COMPONENTS = 512;
    private static final int TREES = 200;

    private DefaultRepresentations() {}

    static List<Representation> of(Modality modality, int rows, int modalities, boolean isSmall) {
        List<Representation> representations = new ArrayList<>();
        representations.add(new Representation.Raw());
        int width = Math.min(WIDEST, Math.min(modality.width(), rows) / 2);
        int count = modalities <= 2 && !isSmall ? EXTRACTED : 1;
        for (int i = 0; i < count && width >= NARROWEST; i++) {
            representations.add(new Representation.Extracted("pca", width));
            width /= 2;
        }
        if (isSmall) {
            representations.add(new Representation.Extracted(KernelPcaExtractor.LAPLACIAN, KERNEL_COMPONENTS));
            representations.add(new Representation.Extracted(ForestExtractor.NAME, TREES));
            if (modalities <= 2) {
                representations.add(new Representation.Extracted(KernelPcaExtractor.GAUSSIAN, KERNEL_COMPONENTS));
            }
        }
        return representations;
    }
}
