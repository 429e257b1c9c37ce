package org.metafusion.sql;

import java.util.BitSet;

/**
 * Which rows have values in some columns of a modality, counted from the first row read.
 *
 * @param filled rows with a value in each of these columns
 * @param empty rows with a value in none
 */
record Presence(BitSet filled, BitSet empty) {

    static Presence none() {
        return new Presence(new BitSet(), new BitSet());
    }

    void add(Presence other) {
        filled.or(other.filled);
        empty.or(other.empty);
    }
}
