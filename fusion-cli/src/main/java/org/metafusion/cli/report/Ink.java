package org.metafusion.cli.report;

/** What a terminal can do to make text stand out. */
public enum Ink {
    /** Nothing, as for a file. */
    PLAIN {
        @Override
        public String bold(String text) {
            return text;
        }
    },
    /** The escape sequences that terminals know. */
    ANSI {
        @Override
        public String bold(String text) {
            return "\u001B[1m" + text + "\u001B[0m";
        }
    };

    public abstract String bold(String text);
}
