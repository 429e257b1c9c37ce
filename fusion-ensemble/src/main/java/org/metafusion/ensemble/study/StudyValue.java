package org.metafusion.ensemble.study;

import java.util.List;

/** A value of a study's table. */
public sealed interface StudyValue {

    static StudyValue of(String text) {
        return new Words(text);
    }

    static StudyValue of(long count) {
        return new Count(count);
    }

    /** Not finite where it could not be measured. */
    static StudyValue of(double value) {
        return new Figure(value);
    }

    /** Words. */
    record Words(String text) implements StudyValue {}

    /** A whole number. */
    record Count(long count) implements StudyValue {}

    /** A number; not finite where it could not be measured. */
    record Figure(double value) implements StudyValue {}

    /** What several repetitions measured; shown as mean and standard deviation. */
    record Repeated(List<Double> values) implements StudyValue {
        public Repeated {
            values = List.copyOf(values);
        }
    }
}
