package org.metafusion.core.fusion;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained affine map of some representations, {@code b + sum over sources j of x_j W_j}; of no source, its bias.
 *
 * @param sources numbers of the representations
 * @param width of the result
 * @param weights how each {@code W_j} starts
 * @param bias how {@code b} starts
 * @param startsTerm whether the result is what the term begins with, rather than a matrix of its own
 */
record InputMap(List<Integer> sources, int width, List<InitialValues> weights, InitialValues bias, boolean startsTerm) {

    InputMap {
        sources = List.copyOf(sources);
        weights = List.copyOf(weights);
    }

    /** A dense layer of some representations, started as such. */
    static InputMap dense(List<Integer> sources, List<Integer> widths, int width) {
        int fanIn = sources.stream().mapToInt(widths::get).sum();
        InitialValues usual = InitialValues.ofFanIn(fanIn);
        return new InputMap(sources, width, Collections.nCopies(sources.size(), usual), usual, false);
    }

    /** A dense layer of one representation. */
    static InputMap projection(int source, List<Integer> widths, int width) {
        return dense(List.of(source), widths, width);
    }

    /** The numbers of so many representations from one on. */
    static List<Integer> range(int from, int count) {
        return IntStream.range(from, count).boxed().toList();
    }

    InputMap startingTheTerm() {
        return new InputMap(sources, width, weights, bias, true);
    }

    InputMap withBias(InitialValues initial) {
        return new InputMap(sources, width, weights, initial, startsTerm);
    }
}
