package org.metafusion.cli.report;

/** Puts sections out, in the order they come. */
public interface Renderer {

    void section(Section section);

    /** The command has said everything. */
    void finish();
}
