package org.metafusion.ensemble.model;

import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.port.StoredModel;
import org.metafusion.ensemble.fit.Extractors;

/**
 * {@link ModelContent} as plain data and back, exactly: a model predicts the same bits before and after.
 *
 * <p>Tensors are the float32 arrays of standardisers ({@code modalities.0.mean}), extractors
 * ({@code extractors.0.pca32.components}) and students ({@code students.0.parameters}, flat, in the layout of
 * {@link org.metafusion.training.network.CohortLayout}); everything else is in the manifest, doubles as decimal numbers.
 * Extractors that no student of the model reads are left out, and what is the same in all folds is there once.
 */
public final class ModelArchive {

    /** Of the manifest's form; a reader refuses others. */
    static final int VERSION = 1;

    private final FusionOperators operators;
    private final Extractors extractors;

    /** Of models made of the given operators and extractors. */
    public ModelArchive(FusionOperators operators, Extractors extractors) {
        this.operators = operators;
        this.extractors = extractors;
    }

    /** Of models made of the standard operators and extractors. */
    public static ModelArchive standard() {
        return new ModelArchive(FusionOperators.standard(), Extractors.standard());
    }

    /** The content as plain data. */
    public StoredModel store(ModelContent content) {
        return new ArchiveWriter(content, operators).write();
    }

    /**
     * The content again.
     *
     * @throws org.metafusion.core.FusionException if it does not fit together: a tensor is missing or has the wrong
     *     shape, an extractor, operator or rule is unknown, a committee has a member that is not there
     */
    public ModelContent restore(StoredModel stored) {
        return new ArchiveReader(stored, operators, extractors).read();
    }
}
