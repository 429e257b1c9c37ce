package org.metafusion.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own pages, and small ones with planted mistakes. */
final class PagesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder = Path.of("");

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void everyLinkOfTheProjectsPagesLeadsSomewhere() {
        assertThat(Pages.of(ROOT).broken()).isEmpty();
    }

    @Test
    void everyPageOfTheGuideIsInItsIndex() throws IOException {
        Pages pages = Pages.of(ROOT);
        List<String> listed = pages.at(Pages.GUIDE).targets();
        try (Stream<Path> files = Files.list(ROOT.resolve(Pages.GUIDE).getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .isSubsetOf(listed);
        }
    }

    @Test
    void linksToMissingFilesAnchorsAndImagesAreNamed() throws IOException {
        write("README.md", "# One\n\n[a](docs/two.md#there) [b](docs/gone.md) [c](#one) [d](https://example.org/x)\n");
        write("docs/two.md", "# Two\n\n![p](figures/p.svg) [up](../README.md#elsewhere) [out](../../x)\n");

        assertThat(Pages.of(folder).broken())
                .containsExactly(
                        "README.md: (docs/two.md#there) names an anchor that docs/two.md does not have; it has [two]",
                        "README.md: (docs/gone.md) leads to docs/gone.md, which is not there",
                        "docs/two.md: (figures/p.svg) leads to docs/figures/p.svg, which is not there",
                        "docs/two.md: (../README.md#elsewhere) names an anchor that README.md does not have; it has"
                                + " [one]",
                        "docs/two.md: (../../x) leads to ../x, which is not there");
    }

    @Test
    void anchorsAreThoseOfGitHub() throws IOException {
        write("docs/p.md", "# Your own, or pretrained, encoders\n\n## `--report` FILE\n\n## `--report` FILE\n");

        assertThat(Pages.of(folder).at(Path.of("docs/p.md")).anchors())
                .containsExactly("your-own-or-pretrained-encoders", "--report-file", "--report-file-1");
    }

    @Test
    void aSiteHasAPageForEachWhoseLinksStayWithinIt() throws IOException {
        Path site = folder.resolve("site");

        DocsSite.write(ROOT, site);

        Path export = site.resolve("docs/guide/export.html");
        assertThat(export)
                .content()
                .contains("<link rel=\"stylesheet\" href=\"../../site.css\">", "aria-current=\"page\"")
                .contains("href=\"../../apidocs/index.html\"");
        for (Page page : Pages.of(ROOT).all()) {
            String name =
                    page.path().toString().replace("README.md", "index.html").replaceAll("\\.md$", ".html");
            assertThat(site.resolve(name)).exists();
            assertThat(lostLinks(site.resolve(name))).as(name).isEmpty();
        }
    }

    /** Of the page's own files, without those of the API, which Javadoc writes. */
    private static List<String> lostLinks(Path page) throws IOException {
        return java.util.regex.Pattern.compile("(?:href|src)=\"([^\"#]+)[\"#]")
                .matcher(Files.readString(page))
                .results()
                .map(result -> result.group(1))
                .filter(target -> !target.contains(":") && !target.contains("apidocs/"))
                .filter(target ->
                        !Files.isRegularFile(page.resolveSibling(target).normalize()))
                .toList();
    }

    @Test
    void aSiteIsNotMadeOfBrokenLinks() throws IOException {
        write("docs/guide/README.md", "# Guide\n\n[a](gone.md)\n");

        assertThatThrownBy(() -> DocsSite.write(folder, folder.resolve("site")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Mend these links:\ndocs/guide/README.md: (gone.md) leads to docs/guide/gone.md, which is not"
                                + " there");
    }
}
