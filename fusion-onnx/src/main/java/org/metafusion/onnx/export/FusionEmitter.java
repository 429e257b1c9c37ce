package org.metafusion.onnx.export;

import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.AttentionFusion;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FactorisedFusion;
import org.metafusion.core.fusion.FilmFusion;
import org.metafusion.core.fusion.FusionOperator;
import org.metafusion.core.fusion.GatedFusion;
import org.metafusion.core.fusion.LowRankFusion;
import org.metafusion.core.fusion.MeanFusion;
import org.metafusion.core.fusion.ProductFusion;
import org.metafusion.core.fusion.TensorFusion;

/** A fusion operator as nodes of a graph. */
@FunctionalInterface
interface FusionEmitter {

    /** The operator's terms, in its order. */
    List<Term> terms(FusionInputs inputs);

    /**
     * That of an operator.
     *
     * @throws FusionException if there is none
     */
    static FusionEmitter of(FusionOperator operator) {
        Map<Class<?>, FusionEmitter> known = Map.of(
                Concatenation.class, PairwiseEmitters::concatenation,
                ProductFusion.class, PairwiseEmitters::product,
                TensorFusion.class,
                        operator.name().equals(TensorFusion.AUGMENTED)
                                ? PairwiseEmitters::augmentedTensor
                                : PairwiseEmitters::tensor,
                LowRankFusion.class, ProjectedEmitters::lowRank,
                MeanFusion.class, ProjectedEmitters::mean,
                FactorisedFusion.class, ProjectedEmitters::factorised,
                GatedFusion.class, ProjectedEmitters::gated,
                AttentionFusion.class, ProjectedEmitters::attention,
                FilmFusion.class, ProjectedEmitters::film);
        FusionEmitter emitter = known.get(operator.getClass());
        if (emitter == null) {
            throw new FusionException("Fusion operator '" + operator.name()
                    + "' has no ONNX form; export a model that was fitted without it");
        }
        return emitter;
    }
}
