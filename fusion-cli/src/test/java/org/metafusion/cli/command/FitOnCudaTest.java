package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;
import org.metafusion.cuda.CudaBackendProvider;
import org.metafusion.testkit.OptionalBackend;

/** {@code fusion fit} on a graphics card and on the CPU: the same data and seed give the same model but for rounding. */
class FitOnCudaTest {

    private static final double TOLERANCE = 1e-3;

    @TempDir
    private Path dir = Path.of("");

    private JsonNode fit(String backend, Path data) {
        Ran ran = Shell.quick(
                "fit", data, "-o", dir.resolve(backend + ".fusion"), "--backend", backend, "--quiet", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json();
    }

    @Test
    void classificationAsOnTheCpu() {
        OptionalBackend.require(new CudaBackendProvider());
        assertSame(Birds.classes(dir.resolve("birds")).path());
    }

    @Test
    void regressionAsOnTheCpu() {
        OptionalBackend.require(new CudaBackendProvider());
        assertSame(Birds.values(dir.resolve("birds")).path());
    }

    private void assertSame(Path data) {
        JsonNode want = fit("cpu", data);
        JsonNode got = fit("cuda", data);
        assertThat(got.get("leaderboard")).hasSameSizeAs(want.get("leaderboard"));
        for (JsonNode wanted : want.get("leaderboard")) {
            String name = wanted.get("student").asText();
            JsonNode student = student(got, name);
            for (String loss : new String[] {"lossAlone", "lossMutual"}) {
                assertThat(student.get(loss).asDouble())
                        .as("%s of %s", loss, name)
                        .isCloseTo(wanted.get(loss).asDouble(), within(TOLERANCE));
            }
        }
    }

    /** By name, since rounding may exchange two students of nearly the same loss. */
    private static JsonNode student(JsonNode fit, String name) {
        for (JsonNode student : fit.get("leaderboard")) {
            if (student.get("student").asText().equals(name)) {
                return student;
            }
        }
        throw new AssertionError("no student " + name + " in " + fit.get("leaderboard"));
    }

    /** What the tests above compare is there, also on machines without a card. */
    @Test
    void theComparisonComparesSomething() {
        JsonNode once = fit("cpu", Birds.classes(dir.resolve("birds")).path());
        assertThat(student(once, "raw|raw").get("lossMutual").isNumber()).isTrue();
        assertThat(student(once, "raw|raw").get("lossAlone").isNumber()).isTrue();
    }
}
