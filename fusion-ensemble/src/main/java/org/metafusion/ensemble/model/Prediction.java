package org.metafusion.ensemble.model;

import java.util.List;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.Committee;

/**
 * What a model says about one input.
 *
 * @param values class probabilities in the task's order, or the predicted values in the unit of the targets
 * @param modalities the modalities that were there
 * @param committee the committee that was asked
 */
public record Prediction(Task task, double[] values, List<String> modalities, Committee committee) {

    /** The most probable class. @throws IllegalStateException for regression */
    public String label() {
        if (!(task instanceof Task.Classification classification)) {
            throw new IllegalStateException("A regression predicts values, not labels; use value()");
        }
        return classification.classes().get(classIndex());
    }

    /** The index of the most probable class, the first of equals. */
    public int classIndex() {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            if (values[c] > values[best]) {
                best = c;
            }
        }
        return best;
    }

    /** The probability of the most probable class, or the first predicted value. */
    public double value() {
        return task instanceof Task.Classification ? values[classIndex()] : values[0];
    }
}
