package org.metafusion.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.FusionException;

class SideTableTest {

    @TempDir
    private Path dir = Path.of("");

    private SideTable table(String content) throws IOException {
        return SideTable.read(Files.writeString(dir.resolve("side.csv"), content));
    }

    @Test
    void givesValuesInTheOrderOfTheIds() throws IOException {
        SideTable table = table("id,fold,height\na,1, 2.5\nb,2,\nextra,3,1\n");
        assertThat(table.columns()).containsExactly("fold", "height");
        assertThat(table.values("height", List.of("b", "a"))).containsExactly("", "2.5");
    }

    @Test
    void complainsOfAColumnAnIdAndACell() throws IOException {
        SideTable table = table("id,fold\na,1\n");
        assertThatThrownBy(() -> table.values("seed", List.of("a")))
                .isInstanceOf(FusionException.class)
                .hasMessage(table.path() + ": there is no column 'seed'; it has 'fold'");
        assertThatThrownBy(() -> table.values("fold", List.of("a", "z")))
                .isInstanceOf(FusionException.class)
                .hasMessage(table.path() + ": id 'z' of the data set is not there; add a line for it");
        assertThat(table.error("a", "fold", "must be even"))
                .hasMessage(table.path() + ", line 2, column 'fold': must be even");
    }

    @Test
    void complainsOfAFileThatIsNotThere() {
        Path none = dir.resolve("none.csv");
        assertThatThrownBy(() -> SideTable.read(none))
                .isInstanceOf(FusionException.class)
                .hasMessage("There is no file " + none + "; check the path");
    }
}
