package org.metafusion.core.fusion;

/** A matrix of trainable parameters that a fusion operator owns, one a student. */
public record ParameterBlock(int rows, int cols, InitialValues initial) {}
