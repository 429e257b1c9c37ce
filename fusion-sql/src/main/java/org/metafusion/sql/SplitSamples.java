package org.metafusion.sql;

import org.metafusion.core.modality.Samples;

/** The features of a table in its two parts. */
public record SplitSamples(Samples train, Samples test) {}
