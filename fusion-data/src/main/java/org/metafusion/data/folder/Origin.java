package org.metafusion.data.folder;

import org.metafusion.core.FusionException;

/**
 * Where rows were read from, as messages put it.
 *
 * @param name path and all
 * @param shortName what it is called within its data set
 * @param unit what its rows are counted in: a line of a text file, or a row
 */
record Origin(String name, String shortName, String unit) {

    FusionException error(String message) {
        return new FusionException(name + ": " + message);
    }

    FusionException error(int number, String message) {
        return new FusionException(name + ", " + unit + " " + number + ": " + message);
    }

    FusionException error(int number, String column, String message) {
        return new FusionException(
                name + ", " + unit + " " + number + ", column " + Wording.quoted(column) + ": " + message);
    }
}
