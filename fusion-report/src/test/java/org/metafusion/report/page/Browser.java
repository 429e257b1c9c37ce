package org.metafusion.report.page;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/**
 * A headless Chromium of this machine, driven by its own driver; nothing is downloaded. Where there is none tests are
 * skipped, and fail instead where the environment variable {@code CI} is {@code true}.
 */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open() {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = onPath("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            String reason = "no chromium and chromedriver on the PATH; install them, on Debian with: apt-get install"
                    + " chromium chromium-driver";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail("CI=true but " + reason);
            }
            Assumptions.abort(reason);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toString());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> onPath(String... names) {
        List<String> folders = Arrays.asList(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page in a window of this width, and waits until its charts are drawn. */
    void visit(Path page, int width, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        "screen",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        driver.get(page.toUri().toString());
        await("charts", () -> ask("return document.documentElement.dataset.ready === ''"));
    }

    /** Shows the page as it would be printed. */
    void asPrinted() {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    }

    /** What a script returns. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> T ask(String script, Object... arguments) {
        return (T) java.util.Objects.requireNonNull(
                ((JavascriptExecutor) driver).executeScript(script, arguments), script);
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    org.openqa.selenium.interactions.Actions actions() {
        return new org.openqa.selenium.interactions.Actions(driver);
    }

    /** Waits until something holds. */
    static void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Assertions.fail("Waited " + PATIENCE.toSeconds() + " s for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** What the console said since it was last asked. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** A chart of the page as an image of its own: the page's colours in place of its variables, on the page's paper. */
    String svg(String chart) {
        return ask("""
                const drawn = document.querySelector('[data-chart="' + arguments[0] + '"] svg');
                const styles = getComputedStyle(document.documentElement);
                const colour = (name) => styles.getPropertyValue(name).trim();
                const copy = drawn.cloneNode(true);
                const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
                paper.setAttribute('width', '100%');
                paper.setAttribute('height', '100%');
                paper.setAttribute('rx', '8');
                paper.setAttribute('fill', colour('--paper'));
                copy.insertBefore(paper, copy.firstChild);
                return new XMLSerializer().serializeToString(copy)
                    .replace(/var\\((--[a-z0-9-]+)\\)/g, (all, name) => colour(name))
                    .replace(/url\\([^)#]*#/g, 'url(#')
                    .replace(/ (d|transform)="[^"]*"/g, (places) => places.replace(/(\\d+\\.\\d{2})\\d+/g, '$1'));
                """, chart);
    }

    /** The top of the page. */
    void firstScreen(Path file, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        ask("return window.innerWidth"),
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        false));
        try {
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the whole page. */
    void screenshot(Path file) {
        Number height = ask("return document.documentElement.scrollHeight");
        Number width = ask("return window.innerWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
