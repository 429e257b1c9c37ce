package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Labels and the like are no features, however features are named. */
final class TableColumnsTest extends InFolder {

    @Test
    void rangesAndPatternsLeaveOutRolesAndIgnoredColumns() {
        tables.text("t.csv", "id,f0,f1,label,split,group,f2,f3\na,0,1,7,train,8,2,3\nb,0,1,7,test,9,2,3\n");

        assertThat(TestTables.read(
                                tables.text("t.conf", "source = t.csv, modalities { a = \"f0..f3\" }, ignore = [f3]"))
                        .modalities())
                .containsExactly("a:[f0, f1, f2]");
        assertThat(TestTables.read(
                                tables.text("t.conf", "source = t.csv, modalities { a = \"*\" }, ignore = \"f2..f3\""))
                        .modalities())
                .containsExactly("a:[f0, f1]");
    }

    @Test
    void anIgnoredColumnThatIsNamedOutrightIsAFeature() {
        tables.text("t.csv", "id,f0,f1,label\na,0,1,7\n");

        assertThat(TestTables.read(tables.text("t.conf", "source = t.csv, modalities { a = f1 }, ignore = \"f*\""))
                        .modalities())
                .containsExactly("a:[f1]");
    }

    @Test
    void aRoleThatIsNamedAsAFeatureIsAMistake() {
        Path file = tables.text("t.csv", "id,f0,f1,label,group\na,0,1,7,8\n");

        assertThat(tables.complaint(() -> TestTables.read(TableMapping.of(file).withColumns("a=f0+group"))))
                .isEqualTo("t.csv: column 'group' has a role (id, label, split or group) and cannot be a feature of"
                        + " modality 'a'; leave it out there, or rename it by a query");
        assertThat(tables.complaint(() -> TestTables.read(TableMapping.of(file).withColumns("label=f1,a=f0..f1,b=f1"))))
                .isEqualTo("t.csv: column 'f1' has a role (id, label, split or group) and cannot be a feature of"
                        + " modality 'b'; leave it out there, or rename it by a query");
    }

    @Test
    void aPatternOfRolesAloneIsAMistake() {
        Path file = tables.text("t.csv", "id,f0,label\na,0,7\n");

        assertThat(tables.complaint(() -> TestTables.read(TableMapping.of(file).withColumns("a=f0,b=lab*"))))
                .isEqualTo(
                        "t.csv: 'lab*' has no feature, only 'label', each with a role or ignored; name other columns");
    }

    @Test
    void theSplitColumnIsNoFeatureWhereRowsAreDealt() {
        tables.text("t.csv", "id,label,split,age\na,7,train,1\nb,8,test,2\nc,8,train,2\n");

        assertThat(TestTables.read(tables.text("t.conf", "source = t.csv, split { test = 0.5 }"))
                        .modalities())
                .containsExactly("table:[age]");
    }
}
