package org.metafusion.core.representation;

/**
 * What is known of the rows an extractor will be fitted on before it is.
 *
 * @param features of the modality
 * @param rows that have the modality
 * @param outputs of the task: classes, or values
 */
public record ExtractionShape(int features, int rows, int outputs) {}
