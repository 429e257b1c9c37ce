package org.metafusion.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Reports as a browser shows them; screenshots are kept under {@code target/screenshots}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageInBrowserTest {

    private static final Path TARGET = Path.of("target");

    private final Map<String, Path> pages = new TreeMap<>();
    private final List<Browser> opened = new ArrayList<>();

    @BeforeAll
    void writeReports() throws IOException {
        opened.add(Browser.open());
        Files.createDirectories(TARGET.resolve("reports"));
        for (var report : SampleReports.all().entrySet()) {
            Path page = TARGET.resolve("reports").resolve(report.getKey() + ".html");
            Files.writeString(page, new HtmlPage(report.getValue()).text(), StandardCharsets.UTF_8);
            pages.put(report.getKey(), page);
        }
    }

    @AfterAll
    void closeBrowser() {
        opened.forEach(Browser::close);
    }

    private Browser browser() {
        return opened.get(0);
    }

    private Path page(String name) {
        return java.util.Objects.requireNonNull(pages.get(name), name);
    }

    @ParameterizedTest(name = "{0}, {1} wide, dark: {2}")
    @CsvSource({
        "fit, 1400, false",
        "fit, 380, true",
        "fit, 380, false",
        "fit, 1400, true",
        "robustness, 1400, false",
        "robustness, 380, false",
        "importance, 1400, false",
        "importance, 380, true",
        "compare, 1400, false",
        "compare, 380, false",
        "cv, 1400, true",
        "cv, 380, false",
        "evaluate, 1400, false",
        "evaluate, 380, true",
        "experiment, 1400, true",
        "experiment, 380, false",
        "names, 1400, false",
        "demo-regression, 1400, false",
        "demo-regression, 380, false"
    })
    void everyChartIsDrawnWithinThePageAndNothingIsAmiss(String name, int width, boolean dark) {
        browser().visit(page(name), width, dark);

        assertThat(browser().console()).isEmpty();
        List<WebElement> charts = browser().all("[data-chart]");
        assertThat(charts).isNotEmpty();
        List<String> empty = browser()
                .ask("return [...document.querySelectorAll('[data-chart]')]"
                        + ".filter(c => c.querySelectorAll('svg .mark-rect path, svg .mark-symbol path, svg .mark-line path,"
                        + " svg .mark-rule line').length === 0).map(c => c.dataset.chart)");
        assertThat(empty).as("charts without marks").isEmpty();
        Number scrolled = browser().ask("return document.documentElement.scrollWidth");
        assertThat(scrolled.intValue()).as("width of the page").isLessThanOrEqualTo(width);
        List<String> wide = browser()
                .ask("return [...document.querySelectorAll('[data-chart]')].filter(c => "
                        + "c.querySelector('svg').getBoundingClientRect().right > c.getBoundingClientRect().right + 1)"
                        + ".map(c => c.dataset.chart)");
        assertThat(wide).as("charts that leave their figure").isEmpty();
        String ground = browser().ask("return getComputedStyle(document.body).backgroundColor");
        assertThat(ground).isEqualTo(dark ? "rgb(16, 21, 26)" : "rgb(246, 247, 249)");
        browser().screenshot(TARGET.resolve("screenshots").resolve(name + "-" + width + (dark ? "-dark.png" : ".png")));
    }

    @Test
    void aMarkTellsItsFiguresWhenPointedAt() {
        browser().visit(page("fit"), 1400, false);
        WebElement bar =
                browser().all("[data-chart=validated] svg .mark-rect path").get(0);

        browser().actions().moveToElement(bar).perform();

        Browser.await(
                "a tooltip", () -> !browser().all("#vg-tooltip-element.visible").isEmpty());
        assertThat(browser().all("#vg-tooltip-element.visible").get(0).getText())
                .contains("way to fuse")
                .contains("cross-entropy");
    }

    @Test
    void aModalityNamedImageIsNoPictureInATooltip() {
        browser().visit(page("names"), 1400, false);
        WebElement cell =
                browser().all("[data-chart=leaderboard] svg .mark-rect path").get(0);

        browser().actions().moveToElement(cell).perform();

        Browser.await(
                "a tooltip", () -> !browser().all("#vg-tooltip-element.visible").isEmpty());
        assertThat(browser().all("#vg-tooltip-element.visible").get(0).getText())
                .contains("modality image")
                .contains("modality title");
        assertThat(browser().all("#vg-tooltip-element img, #vg-tooltip-element h2"))
                .isEmpty();
    }

    @Test
    void theThemeIsSwitchedByKeyboardAndChartsFollow() {
        browser().visit(page("fit"), 1400, false);
        String light = barColour();
        for (int tab = 0; tab < 20 && !isOnSwitch(); tab++) {
            browser().actions().sendKeys(Keys.TAB).perform();
        }
        assertThat(isOnSwitch()).as("the switch has the focus").isTrue();

        browser().actions().sendKeys(Keys.SPACE).perform();

        String theme = browser().ask("return document.documentElement.dataset.theme");
        assertThat(theme).isEqualTo("dark");
        assertThat(browser().all("#theme[aria-pressed=true]")).hasSize(1);
        assertThat(barColour()).isNotEqualTo(light);
    }

    private boolean isOnSwitch() {
        return browser().<Boolean>ask("return document.activeElement.id === 'theme'");
    }

    private String barColour() {
        return browser()
                .ask("return getComputedStyle(document.querySelector("
                        + "'[data-chart=validated] svg .mark-rect path')).fill");
    }

    @Test
    void printIsLightAndWithoutControls() {
        browser().visit(page("fit"), 1000, true);
        browser().ask("document.documentElement.dataset.theme = 'dark'; return true");

        browser().asPrinted();

        String ink = browser().ask("return getComputedStyle(document.body).color");
        assertThat(ink).isEqualTo("rgb(22, 32, 42)");
        assertThat(browser().all("#theme").get(0).isDisplayed()).isFalse();
        assertThat(browser().all("figure details summary").get(0).isDisplayed()).isFalse();
        String height = browser().ask("return getComputedStyle(document.querySelector('.scroll')).maxHeight");
        assertThat(height).as("tables are printed whole").isEqualTo("none");
        browser().screenshot(TARGET.resolve("screenshots").resolve("fit-print.png"));
    }

    @Test
    void chartsHaveNamesAndTables() {
        browser().visit(page("fit"), 1400, false);

        List<String> lacking = browser()
                .ask("return [...document.querySelectorAll('[data-chart]')].filter(c => "
                        + "!document.getElementById(c.getAttribute('aria-labelledby')).textContent || "
                        + "c.closest('figure').querySelectorAll('tbody tr').length === 0).map(c => c.dataset.chart)");

        assertThat(lacking).isEmpty();
    }
}
