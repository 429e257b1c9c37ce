package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** Tests of what is done with one model, fitted once for all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FittedBirds {

    /** Where the tests of the class may write. */
    Path dir = Path.of("");

    Path data = Path.of("");
    Path model = Path.of("");

    /** What the fit said. */
    Ran fit = new Ran(1, "", "");

    @BeforeAll
    void fitOnce(@TempDir Path folder) {
        dir = folder;
        data = Birds.classes(dir.resolve("birds")).path();
        model = dir.resolve("birds.fusion");
        fit = Shell.fit(data, model);
        assertThat(fit.code()).isZero();
    }
}
