package org.metafusion.testkit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.metafusion.core.tensor.Members;

/**
 * One shape of a stacked layer: sizes at and around the blocks kernels work in, and who takes part.
 *
 * @param outputs who has an output {@code [n, width]}
 * @param inputs who has an input {@code [n, in]}; covers the weights' members
 * @param weights who has this layer's weights {@code [in, width]}
 */
record LayerCase(int n, int in, int width, Members outputs, Members inputs, Members weights) {

    private static final int[][] SIZES = {{1, 1, 1}, {2, 3, 4}, {31, 33, 7}, {32, 64, 128}, {257, 129, 65}};

    /** Long and thin ones, which leave a remainder in every loop of a blocked product. */
    private static final int[][] THIN_SIZES = {
        {1, 513, 1}, {1, 1, 517}, {515, 1, 1}, {5, 1030, 3}, {3, 2, 259}, {65, 520, 33}, {7, 17, 200}, {64, 240, 64}
    };

    private static final Members SOME = Members.of(0, 1, 3, 4);
    private static final Members FEWER = Members.of(1, 3);
    private static final Members EVEN =
            Members.of(IntStream.range(0, 12).map(i -> 2 * i).toArray());

    static Stream<LayerCase> all() {
        Stream<LayerCase> common = Stream.of(SIZES).flatMap(LayerCase::ofSize);
        Stream<LayerCase> thin = Stream.of(THIN_SIZES)
                .map(size -> new LayerCase(size[0], size[1], size[2], SOME, Members.SHARED, FEWER));
        return Stream.concat(common, thin);
    }

    private static Stream<LayerCase> ofSize(int[] size) {
        return Stream.of(
                        List.of(Members.all(1), Members.all(1), Members.all(1)),
                        List.of(Members.all(2), Members.SHARED, Members.all(2)),
                        List.of(Members.all(3), Members.all(3), Members.all(3)),
                        List.of(SOME, Members.SHARED, FEWER),
                        List.of(SOME, SOME, FEWER),
                        List.of(SOME, Members.of(1, 2, 3), FEWER),
                        List.of(Members.all(24), Members.SHARED, EVEN),
                        List.of(Members.all(24), Members.all(24), Members.all(24)))
                .map(who -> new LayerCase(size[0], size[1], size[2], who.get(0), who.get(1), who.get(2)));
    }

    @Override
    public String toString() {
        return "n=" + n + " in=" + in + " width=" + width + " outputs=" + outputs + " inputs=" + inputs + " weights="
                + weights;
    }
}
