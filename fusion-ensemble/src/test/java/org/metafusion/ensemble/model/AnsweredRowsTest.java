package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

final class AnsweredRowsTest {

    private static final Task.Classification BINARY = new Task.Classification(List.of("no", "yes"));
    private static final Task.Regression VALUE = new Task.Regression(List.of("v"));

    private final AnsweredRows right =
            new AnsweredRows(new Targets.Labels(BINARY, new int[] {1}), new double[] {0.1, 0.9});

    @Test
    void partsAreJoinedOneBehindTheOther() {
        AnsweredRows wrong =
                new AnsweredRows(new Targets.Labels(BINARY, new int[] {1, 0}), new double[] {0.8, 0.2, 0.3, 0.7});

        AnsweredRows joined = AnsweredRows.joined(List.of(right, wrong, right));

        assertThat(joined.rows()).isEqualTo(4);
        assertThat(joined.answers()).containsExactly(0.1, 0.9, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9);
        assertThat(joined.metrics()).containsEntry("accuracy", 0.5);
    }

    @Test
    void valuesAreJoinedToo() {
        AnsweredRows two = new AnsweredRows(new Targets.Values(VALUE, new float[] {1, 2}), new double[] {1, 3});

        AnsweredRows joined = AnsweredRows.joined(List.of(two, two));

        assertThat(((Targets.Values) joined.targets()).values()).containsExactly(1, 2, 1, 2);
        assertThat(joined.metrics()).containsEntry("mse", 0.5);
    }

    @Test
    void tasksMustBeTheSameAndEveryRowNeedsItsAnswers() {
        AnsweredRows values = new AnsweredRows(new Targets.Values(VALUE, new float[] {1}), new double[] {1});

        assertThatThrownBy(() -> AnsweredRows.joined(List.of(right, values)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Rows of different tasks cannot be joined");
        assertThatThrownBy(() -> new AnsweredRows(right.targets(), new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 rows of 2 outputs need 2 answers but got 1");
    }
}
