package org.metafusion.ensemble.model;

import java.util.BitSet;
import java.util.List;

/** Which modalities are there: a bit a modality, in a model's order. */
final class Masks {

    private Masks() {}

    static BitSet of(int... modalities) {
        BitSet mask = new BitSet();
        for (int m : modalities) {
            mask.set(m);
        }
        return mask;
    }

    static BitSet all(int modalities) {
        BitSet mask = new BitSet();
        mask.set(0, modalities);
        return mask;
    }

    static boolean contains(BitSet mask, BitSet needed) {
        BitSet lacking = (BitSet) needed.clone();
        lacking.andNot(mask);
        return lacking.isEmpty();
    }

    /** The names of the modalities in the mask, joined by {@code +}. */
    static String words(BitSet mask, List<String> names) {
        return String.join("+", mask.stream().mapToObj(names::get).toList());
    }
}
