package org.metafusion.core.fusion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;

/** The fusion operators known by name. */
public final class FusionOperators {

    private final Map<String, FusionOperator> byName = new LinkedHashMap<>();

    public FusionOperators(List<FusionOperator> operators) {
        operators.forEach(operator -> byName.put(operator.name(), operator));
    }

    /** All that a configuration may name, with their usual widths. */
    public static FusionOperators standard() {
        return new FusionOperators(List.of(
                new Concatenation(),
                new ProductFusion(),
                new TensorFusion(false),
                new TensorFusion(true),
                new LowRankFusion(),
                new MeanFusion(),
                new FactorisedFusion(),
                new GatedFusion(),
                new AttentionFusion(),
                new FilmFusion()));
    }

    /** @throws FusionException if there is none of that name */
    public FusionOperator named(String name) {
        FusionOperator operator = byName.get(name);
        if (operator == null) {
            throw new FusionException("Unknown fusion operator '" + name + "'; known are " + byName.keySet());
        }
        return operator;
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
