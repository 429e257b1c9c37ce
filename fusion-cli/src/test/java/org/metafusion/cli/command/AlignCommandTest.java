package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

final class AlignCommandTest {

    @Test
    void showsHowWellRowsFindThemselvesInBothDirections(@TempDir Path dir) {
        Path birds = Birds.classes(dir).path();
        Ran ran = Shell.fusion("align", birds, "--width", 4, "--hidden", 16, "--epochs", 3, "--threads", 1);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Test rows that find themselves")
                .containsPattern("from +to +by +rows +recall@1 % +recall@5 % +recall@10 % +median rank")
                .containsPattern("image +text +guessing +10 +10.0 +50.0 +100.0 +5.5\n")
                .containsPattern("text +image +contrastive alignment +10 ")
                .containsPattern(
                        "Embeddings of 4: among the 10 nearest 100.0 % of the rows find themselves, by canonical"
                                + " correlation 100.0 %, by guessing 100.0 % \\(mean of 2 directions\\)");
    }

    @Test
    void asJson(@TempDir Path dir) {
        JsonNode json = Shell.fusion("align", Birds.values(dir).path(), "--hidden", 0, "--epochs", 2, "--json")
                .json();
        assertThat(json.at("/retrieval")).hasSize(6);
        assertThat(json.at("/retrieval/2/method").asText()).isEqualTo("contrastive alignment");
        assertThat(json.at("/retrieval/2/recallAt5").isNumber()).isTrue();
    }

    @Test
    void whatCannotBeAlignedIsSaid(@TempDir Path dir) {
        Birds birds = Birds.classes(dir);
        Ran negative = Shell.fusion("align", birds.path(), "--hidden", -1);
        assertThat(negative.err()).isEqualTo("fusion: --hidden must be 0 (linear encoders) or more but is -1\n");
        assertThat(negative.code()).isEqualTo(2);
        Ran narrow = Shell.fusion("align", birds.path(), "--width", 0);
        assertThat(narrow.err()).isEqualTo("fusion: Alignment option 'width' must be 1 or more but is 0\n");
        Ran alone = Shell.fusion("align", birds.without("text.csv").path());
        assertThat(alone.err())
                .isEqualTo("fusion: Contrastive alignment needs two modalities or more but the data have 1\n");
        assertThat(alone.code()).isEqualTo(2);
    }
}
