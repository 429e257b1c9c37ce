package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.committee.CommitteeSelection;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.committee.ValidationOutputs;

final class CommitteeBookTest {

    private static final Task.Regression TASK = new Task.Regression(List.of("y"));
    private static final CommitteeSelection BEST = CombinationRule.BEST_SINGLE.selection(SelectionOptions.DEFAULT);
    private static final int ROWS = 24;

    /** A student of these modalities that is wrong by {@code error} everywhere. */
    private record Student(double error, int... modalities) {

        StudentSpec spec(int count) {
            List<Representation> representations = new ArrayList<>();
            for (int m = 0; m < count; m++) {
                int modality = m;
                representations.add(
                        IntStream.of(modalities).anyMatch(used -> used == modality)
                                ? new Representation.Raw()
                                : new Representation.Null());
            }
            return new StudentSpec(representations, "concatenation", HeadSpec.LINEAR);
        }
    }

    /** Rows with so many modalities; {@code missing[m]} lack modality m. */
    private static Samples rows(BitSet... missing) {
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < missing.length; m++) {
            tables.add(new FeatureTable(Modality.of("m" + m, 1), ROWS, new float[ROWS], missing[m]));
        }
        return new Samples(IntStream.range(0, ROWS).mapToObj(Integer::toString).toList(), tables);
    }

    private static BitSet none() {
        return new BitSet();
    }

    private static BitSet firstRows(int count) {
        BitSet rows = new BitSet();
        rows.set(0, count);
        return rows;
    }

    private static CommitteeBook select(Samples rows, Student... students) {
        float[][] outputs = new float[students.length][ROWS];
        BitSet[] visible = new BitSet[students.length];
        for (int s = 0; s < students.length; s++) {
            java.util.Arrays.fill(outputs[s], (float) students[s].error());
            visible[s] = new BitSet();
            for (int row = 0; row < ROWS; row++) {
                visible[s].set(row, Masks.contains(rows.available(row), Masks.of(students[s].modalities())));
            }
        }
        ValidationOutputs validation =
                ValidationOutputs.of(outputs, new Targets.Values(TASK, new float[ROWS]), visible);
        List<StudentSpec> specs = java.util.Arrays.stream(students)
                .map(s -> s.spec(rows.tables().size()))
                .toList();
        return CommitteeBook.select(BEST, available -> validation, rows, specs);
    }

    private static int[] membersFor(CommitteeBook book, int... modalities) {
        return book.forAvailable(Masks.of(modalities)).map(Committee::members).orElse(new int[0]);
    }

    @Test
    void everySetOfModalitiesHasTheBestOfThoseThatNeedNoOther() {
        CommitteeBook book = select(
                rows(none(), none(), none()),
                new Student(0.1, 0, 1, 2),
                new Student(0.5, 0, 1),
                new Student(0.7, 0),
                new Student(0.6, 1),
                new Student(0.9, 2));
        assertThat(book.all()).hasSize(7);
        assertThat(membersFor(book, 0, 1, 2)).containsExactly(0);
        assertThat(membersFor(book, 0, 1)).containsExactly(1);
        assertThat(membersFor(book, 0, 2)).containsExactly(2);
        assertThat(membersFor(book, 1, 2)).containsExactly(3);
        assertThat(membersFor(book, 2)).containsExactly(4);
        assertThat(book.full(3).members()).containsExactly(0);
        assertThat(book.students()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void nobodyAnswersForAModalityNobodyUses() {
        CommitteeBook book = select(rows(none(), none()), new Student(0.1, 0));
        assertThat(book.forAvailable(Masks.of(1))).isEqualTo(Optional.empty());
        assertThat(book.forAvailable(new BitSet())).isEqualTo(Optional.empty());
        assertThat(membersFor(book, 0, 1)).containsExactly(0);
    }

    @Test
    void aSetIsJudgedOnTheRowsThatHaveAllOfItIfTheyAreTen() {
        Samples manyWhole = rows(firstRows(14), none());
        Samples fewWhole = rows(firstRows(15), none());
        Student[] students = {new Student(0.5, 0, 1), new Student(0.5, 1)};
        assertThat(select(manyWhole, students).full(2).validationLoss()).isEqualTo(0.25);
        assertThat(select(fewWhole, students).full(2).validationLoss())
                .as("over all rows; those it cannot see cost what a constant costs, here nothing")
                .isEqualTo(0.25 * 9 / ROWS);
    }

    @Test
    void studentsWithoutAFiniteLossAreNobodys() {
        CommitteeBook book =
                select(rows(none(), none()), new Student(Double.NaN, 0, 1), new Student(0.4, 0), new Student(0.5, 1));
        assertThat(book.students()).containsExactly(1, 2);
        assertThat(membersFor(book, 0, 1)).containsExactly(1);
    }

    @Test
    void sevenModalitiesHaveTheSetsThatMatterAndOthersAskASubset() {
        BitSet[] missing = IntStream.range(0, 7).mapToObj(m -> none()).toArray(BitSet[]::new);
        missing[4] = firstRows(3);
        missing[5] = firstRows(3);
        missing[6] = firstRows(3);
        Student[] students = new Student[9];
        for (int m = 0; m < 7; m++) {
            students[m] = new Student(1 - 0.1 * m, m);
        }
        students[7] = new Student(0.2, 0, 1, 2, 3);
        students[8] = new Student(0.1, 0, 1, 2, 3, 4, 5, 6);
        CommitteeBook book = select(rows(missing), students);
        assertThat(book.all()).hasSize(1 + 7 + 7 + 1);
        assertThat(membersFor(book, 0, 1, 2, 3, 4, 5, 6)).containsExactly(8);
        assertThat(membersFor(book, 0, 1, 2, 3)).containsExactly(7);
        assertThat(membersFor(book, 1, 2, 3, 4, 5, 6)).containsExactly(6);
        assertThat(membersFor(book, 0, 1, 2, 3, 5))
                .as("a set of its own has none")
                .containsExactly(7);
        assertThat(membersFor(book, 2, 4)).as("the better of two alone").containsExactly(4);
    }

    @Test
    void aBookWithoutTheFullSetSaysSo() {
        CommitteeBook book = new CommitteeBook(java.util.Map.of());
        assertThatThrownBy(() -> book.full(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No committee for all 2 modalities");
    }
}
