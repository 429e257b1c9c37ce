package org.metafusion.report;

import java.util.List;

/**
 * Results for people: what came out on the first screen, then parts with charts, then where it all comes from.
 *
 * @param title such as {@code birds}
 * @param kind what was done, such as {@code Fitted model}
 * @param tiles the figures of the first screen
 * @param sentences what follows from them; a word before a colon is set off
 * @param cautions what the reader has to beware of
 */
public record Report(
        String title,
        String kind,
        List<Tile> tiles,
        List<String> sentences,
        List<String> cautions,
        List<Part> parts,
        Provenance provenance) {

    public Report {
        tiles = List.copyOf(tiles);
        sentences = List.copyOf(sentences);
        cautions = List.copyOf(cautions);
        parts = parts.stream().filter(part -> !part.isEmpty()).toList();
    }
}
