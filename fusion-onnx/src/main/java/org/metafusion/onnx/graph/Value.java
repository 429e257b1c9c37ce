package org.metafusion.onnx.graph;

/** A tensor of an {@link OnnxGraph}, by its name: an input, a weight, or what a node computes. */
public record Value(String name) {}
