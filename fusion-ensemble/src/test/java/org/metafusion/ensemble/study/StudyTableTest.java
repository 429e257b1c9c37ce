package org.metafusion.ensemble.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StudyTableTest {

    private static final List<StudyColumn> COLUMNS = List.of(
            StudyColumn.run("seed", "seed"),
            StudyColumn.setting("noise", "noise"),
            StudyColumn.percent("accuracy", "accuracy %"));

    private static List<StudyValue> row(long seed, double noise, double accuracy) {
        return List.of(StudyValue.of(seed), StudyValue.of(noise), StudyValue.of(accuracy));
    }

    @Test
    void repetitionsOfASettingBecomeOneRowInOrderOfAppearance() {
        StudyTable table = new StudyTable(
                "scores", "", COLUMNS, List.of(row(0, 0.5, 0.7), row(0, 0, 0.9), row(1, 0.5, 0.6), row(1, 0, 1)));
        StudyTable joined = table.overRuns("Scores");
        assertThat(joined.title()).isEqualTo("Scores");
        assertThat(joined.columns()).extracting(StudyColumn::key).containsExactly("noise", "accuracy");
        assertThat(joined.rows())
                .containsExactly(
                        List.of(StudyValue.of(0.5), new StudyValue.Repeated(List.of(0.7, 0.6))),
                        List.of(StudyValue.of(0.0), new StudyValue.Repeated(List.of(0.9, 1.0))));
    }

    @Test
    void whatCouldNotBeMeasuredIsLeftOutOfTheRepetitions() {
        StudyTable table = new StudyTable("scores", "", COLUMNS, List.of(row(0, 0, Double.NaN), row(1, 0, 0.5)));
        assertThat(table.overRuns("").rows())
                .containsExactly(List.of(StudyValue.of(0.0), new StudyValue.Repeated(List.of(0.5))));
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new StudyTable("scores", "", COLUMNS, List.of(List.of(StudyValue.of(1)))))
                .hasMessage("Table 'scores' has 3 columns but a row of 1 values");
    }
}
