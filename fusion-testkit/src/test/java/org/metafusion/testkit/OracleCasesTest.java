package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class OracleCasesTest {

    @TempDir
    Path folder;

    @Test
    void readsNumbersListsAndNamedValues() throws IOException {
        OracleCase oracle = only("""
                {"cases": [{"name": "small", "in": {"k": 3, "x": [[1.5, 2], [3, 4], [5, 6]], "augmented": true,
                "initial": [[[1, 2], [3, 4]], [5, 6]], "students": ["raw", "null"]},
                "out": {"roc": {"fpr": [0.0, 1.0]}}}]}
                """);

        assertThat(oracle).hasToString("small");
        assertThat(oracle.in("k").integer()).isEqualTo(3);
        assertThat(oracle.in("x").shape()).containsExactly(3, 2);
        assertThat(oracle.in("x").floats()).containsExactly(1.5f, 2, 3, 4, 5, 6);
        assertThat(oracle.in("x").matrix()[1]).containsExactly(3, 4);
        assertThat(oracle.in("augmented").flag()).isTrue();
        assertThat(oracle.in("initial").flat()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(oracle.in("initial").at(0).intMatrix()[1]).containsExactly(3, 4);
        assertThat(oracle.in("students").texts()).isEqualTo(List.of("raw", "null"));
        assertThat(oracle.out("roc").at("fpr").flat()).containsExactly(0, 1);
        assertThat(oracle.hasOut("auc")).isFalse();
    }

    @Test
    void saysWhereAValueIsNotWhatWasAskedFor() throws IOException {
        OracleCase oracle = only("""
                {"cases": [{"name": "small", "in": {"x": [[1, 2], [3]], "k": "many"}, "out": {}}]}
                """);

        assertThatThrownBy(() -> oracle.in("y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Oracle subject 'small' in: expected 'y' among [x, k] but found"
                        + " {\"x\":[[1,2],[3]],\"k\":\"many\"}");
        assertThatThrownBy(() -> oracle.in("k").number())
                .hasMessage("Oracle subject 'small' in.k: expected a number but found \"many\"");
        assertThatThrownBy(() -> oracle.in("x").shape())
                .hasMessage("Oracle subject 'small' in.x: expected lists of one length but found [[1,2],[3]]");
    }

    @Test
    void aMissingFolderSkipsTheTestAndSaysWhy() {
        OracleCase oracle =
                OracleCases.read(folder.resolve("nowhere"), "pca").findFirst().orElseThrow();

        assertThat(oracle).hasToString("no oracle folder");
        assertThatThrownBy(() -> oracle.in("x"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("No oracle folder at " + folder.resolve("nowhere"))
                .hasMessageContaining("set -Dfusion.oracle.dir to the folder that holds pca.json");
    }

    @Test
    void aFolderWithoutTheFileOrAFileWithoutCasesIsAnError() throws IOException {
        assertThatThrownBy(() -> OracleCases.read(folder, "pca"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("pca.json");
        Files.writeString(folder.resolve("pca.json"), "{\"cases\": []}");
        assertThatThrownBy(() -> OracleCases.read(folder, "pca"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pca.json has no cases");
    }

    private OracleCase only(String json) throws IOException {
        Files.writeString(folder.resolve("subject.json"), json);
        return OracleCases.read(folder, "subject").findFirst().orElseThrow();
    }
}
