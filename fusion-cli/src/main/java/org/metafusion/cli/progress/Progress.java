package org.metafusion.cli.progress;

import org.metafusion.ensemble.study.StudyProgress;

/** Tells people on standard error how far work has come. */
public interface Progress extends StudyProgress, AutoCloseable {

    /** Says nothing. */
    Progress SILENT = new Progress() {};

    @Override
    default void close() {}
}
