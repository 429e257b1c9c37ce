package org.metafusion.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.report.Report;
import org.metafusion.report.content.FitReport;

/**
 * Writes the figures of {@code docs/concepts.md} and of the README: charts of the report of {@code fusion demo
 * --competition} as SVG, and its first screen as PNG. Runs where it is told where to:
 *
 * <pre>{@code
 * ./mvnw test -pl fusion-report -am -Dtest=DocsFigures -Ddocs.figures=docs/figures -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
@EnabledIfSystemProperty(named = "docs.figures", matches = ".+")
final class DocsFigures {

    private static final List<String> CHARTS =
            List.of("tested", "masks", "leaderboard", "clusters", "rho", "growth", "reliability", "competition1");
    private static final int WIDTH = 800;
    private static final int LARGEST = 60_000;

    @Test
    void areWritten() throws IOException {
        Path folder = Path.of("..").resolve(System.getProperty("docs.figures", ""));
        Files.createDirectories(folder);
        Path page = Path.of("target", "demo.html");
        Files.writeString(page, new HtmlPage(demo()).text(), StandardCharsets.UTF_8);
        try (Browser browser = Browser.open()) {
            browser.visit(page, WIDTH, false);
            for (String chart : CHARTS) {
                String svg = browser.svg(chart);
                Files.writeString(folder.resolve(chart + ".svg"), svg + "\n", StandardCharsets.UTF_8);
                assertThat(svg.length()).as(chart).isLessThan(LARGEST);
            }
            browser.visit(page, 1200, false);
            browser.firstScreen(folder.resolve("report.png"), 760);
        }
    }

    /** As the command does it: defaults, seed 0. */
    private static Report demo() {
        try (MetaFusion fusion =
                MetaFusion.configure().config(FusionConfig.defaults()).build()) {
            SplitDataset data =
                    MetaFusionSimulation.named(MetaFusionSimulation.DEMO).generate(0);
            FitResult result = fusion.fit(data).with(fusion.competition(data.train()));
            try (FusionModel model = result.model()) {
                assertThat(model.modalities()).hasSize(2);
                return FitReport.of(result);
            }
        }
    }
}
