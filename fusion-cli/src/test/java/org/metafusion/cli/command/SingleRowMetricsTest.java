package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;

/** What compares how values vary has no value for a single row. */
class SingleRowMetricsTest {

    @Test
    void aSingleRowHasAnErrorButNoCorrelation(@TempDir Path dir) {
        Birds birds = Birds.values(dir.resolve("birds")).complete();
        birds.with("text.csv", birds.content("text.csv").replaceAll("\nb61,.*", ""));
        Path model = dir.resolve("m.fusion");
        assertThat(Shell.fit(birds.path(), model).code()).isZero();

        JsonNode json = Shell.fusion("evaluate", model, birds.path(), "--json").json();
        assertThat(json.at("/metrics/r2").isNumber()).isTrue();
        for (JsonNode group : json.at("/availability")) {
            boolean isSingle = group.get("rows").asInt() == 1;
            assertThat(group.get("rmse").isNumber()).isTrue();
            assertThat(group.get("r2").isNull()).isEqualTo(isSingle);
            assertThat(group.get("pearson").isNull()).isEqualTo(isSingle);
        }
        assertThat(json.at("/availability").findValuesAsText("rows")).containsExactlyInAnyOrder("19", "1");
        assertThat(Shell.fusion("evaluate", model, birds.path()).out())
                .containsPattern("\nimage +1 +\\d+ +- +\\d\\.\\d+ +-\n");
    }
}
