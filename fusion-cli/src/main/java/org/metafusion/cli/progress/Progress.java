package org.metafusion.cli.progress;

import org.metafusion.core.port.TrainingListener;

/** Tells people on standard error how far work has come. */
public interface Progress extends TrainingListener, AutoCloseable {

    /** Says nothing. */
    Progress SILENT = new Progress() {};

    /**
     * A piece of work begins that has phases of its own.
     *
     * @param name put before what is said of it, such as {@code seed 2 of 5}
     */
    default void work(String name) {}

    @Override
    default void close() {}
}
