package org.metafusion.cli.command;

import java.util.regex.Pattern;

/** A word of a command line that is shown to be copied. */
final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:=,+@%-]+");

    private ShellWord() {}

    /** The word, in quotes where a shell would read it otherwise. */
    static String of(Object word) {
        String text = word.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
