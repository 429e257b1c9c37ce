package org.metafusion.core.fusion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.metafusion.core.FusionException;

/**
 * The fusion operators known by name. Those that project their inputs have sizes, which may follow the name:
 * {@code mean32} is {@code mean} with a term of width 32, {@code low-rank32x8} is {@code low-rank} of width 32 and rank 8;
 * without, they are {@link OperatorSizes#USUAL}. An operator's own name leaves out the usual ones.
 */
public final class FusionOperators {

    private static final Pattern SIZED = Pattern.compile("([a-z](?:[a-z-]*[a-z])?)(\\d{1,6})(?:x(\\d{1,6}))?");

    private final Map<String, FusionOperator> byName = new LinkedHashMap<>();
    private final Map<String, Function<OperatorSizes, FusionOperator>> sized;

    /** Operators as they are, whose names take no sizes. */
    public FusionOperators(List<FusionOperator> operators) {
        this(operators, Map.of());
    }

    private FusionOperators(
            List<FusionOperator> operators, Map<String, Function<OperatorSizes, FusionOperator>> sized) {
        operators.forEach(operator -> byName.put(operator.name(), operator));
        this.sized = sized;
        sized.forEach((name, operator) -> byName.put(name, operator.apply(OperatorSizes.USUAL)));
    }

    /** All that a configuration may name. */
    public static FusionOperators standard() {
        Map<String, Function<OperatorSizes, FusionOperator>> sized = new LinkedHashMap<>();
        sized.put(LowRankFusion.NAME, sizes -> new LowRankFusion(sizes.rank(), sizes.width()));
        sized.put(MeanFusion.NAME, sizes -> new MeanFusion(sizes.width()));
        sized.put(FactorisedFusion.NAME, sizes -> new FactorisedFusion(sizes.width()));
        sized.put(GatedFusion.NAME, sizes -> new GatedFusion(sizes.width()));
        sized.put(AttentionFusion.NAME, sizes -> new AttentionFusion(sizes.width()));
        sized.put(FilmFusion.NAME, sizes -> new FilmFusion(sizes.width()));
        return new FusionOperators(
                List.of(new Concatenation(), new ProductFusion(), new TensorFusion(false), new TensorFusion(true)),
                sized);
    }

    /**
     * The operator of a name, which may hold sizes.
     *
     * @throws FusionException if there is none of that name, or it has no such sizes
     */
    public FusionOperator named(String name) {
        return named(name, OperatorSizes.USUAL);
    }

    /**
     * The operator of a name, under sizes for what the name leaves open.
     *
     * @throws FusionException if there is none of that name, or it has no such sizes
     */
    public FusionOperator named(String name, OperatorSizes open) {
        Matcher matcher = SIZED.matcher(name);
        if (byName.containsKey(name) || !matcher.matches() || !byName.containsKey(matcher.group(1))) {
            return plain(name, open);
        }
        String family = matcher.group(1);
        int width = positive(name, "width", matcher.group(2));
        if (!sized.containsKey(family)) {
            throw new FusionException("Fusion operator '" + family + "' has no width to choose; write '" + family
                    + "' in place of '" + name + "'");
        }
        if (matcher.group(3) == null) {
            return plain(family, new OperatorSizes(width, open.rank()));
        }
        if (!family.equals(LowRankFusion.NAME)) {
            throw new FusionException("Fusion operator '" + family + "' has a width but no rank; write '" + family
                    + width + "' in place of '" + name + "'");
        }
        return plain(family, new OperatorSizes(width, positive(name, "rank", matcher.group(3))));
    }

    private FusionOperator plain(String name, OperatorSizes sizes) {
        return Optional.ofNullable(sized.get(name))
                .map(operator -> operator.apply(sizes))
                .or(() -> Optional.ofNullable(byName.get(name)))
                .orElseThrow(() ->
                        new FusionException("Unknown fusion operator '" + name + "'; known are " + byName.keySet()));
    }

    private static int positive(String name, String what, String digits) {
        int size = Integer.parseInt(digits);
        if (size < 1) {
            throw new FusionException("Fusion operator '" + name + "' has a " + what + " of 0; give it 1 or more");
        }
        return size;
    }

    /** Whether there is an operator of a name, which may hold sizes. */
    public boolean knows(String name) {
        try {
            named(name);
            return true;
        } catch (FusionException e) {
            return false;
        }
    }

    /** The names without sizes. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Those of them that may be followed by sizes. */
    public List<String> sizedNames() {
        return List.copyOf(sized.keySet());
    }
}
