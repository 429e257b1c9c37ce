package org.metafusion.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * The project's pages as a site: an HTML file a page with the contents beside it, the style sheet, and the images. {@code
 * README.md} becomes {@code index.html}; the API's pages are expected under {@code apidocs}. Needs no network, and no server.
 */
public final class DocsSite {

    private static final String STYLE = "site.css";
    private static final List<String> REFERENCE = List.of(
            "docs/configuration.md",
            "docs/experiments.md",
            "docs/performance.md",
            "docs/architecture.md",
            "docs/cuda.md",
            "examples/README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md");

    private final Pages pages;
    private final Path out;

    private DocsSite(Pages pages, Path out) {
        this.pages = pages;
        this.out = out;
    }

    /**
     * Writes the site of a checkout.
     *
     * @param arguments the checkout, and the folder to write to
     * @throws IllegalStateException if links are broken; the message has a line for each
     */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void write(Path root, Path out) throws IOException {
        Pages pages = Pages.of(root);
        List<String> broken = pages.broken();
        if (!broken.isEmpty()) {
            throw new IllegalStateException("Mend these links:\n" + String.join("\n", broken));
        }
        new DocsSite(pages, out).write();
    }

    private void write() throws IOException {
        Files.createDirectories(out);
        try (InputStream style = DocsSite.class.getResourceAsStream(STYLE)) {
            Files.copy(Objects.requireNonNull(style, STYLE), out.resolve(STYLE), StandardCopyOption.REPLACE_EXISTING);
        }
        for (Page page : pages.all()) {
            Path file = out.resolve(place(page.path()));
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, html(page), StandardCharsets.UTF_8);
        }
    }

    /** Where a page is in the site. */
    private static Path place(Path markdown) {
        String name = markdown.getFileName().toString();
        return markdown.resolveSibling(name.equals("README.md") ? "index.html" : name.replaceAll("\\.md$", ".html"));
    }

    private String html(Page page) throws IOException {
        Node document = page.document();
        List<Path> images = new ArrayList<>();
        Markdown.walk(document, new Markdown.Listener() {
            @Override
            public void link(Link link) {
                relink(page, link);
            }

            @Override
            public void image(Image image) {
                images.add(page.resolve(Page.Target.of(image.getDestination())));
            }
        });
        for (Path image : images) {
            Path file = out.resolve(image);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.copy(pages.root().resolve(image), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + escaped(page.title()) + " · MetaFusion</title>\n<link rel=\"stylesheet\" href=\""
                + way(page, Path.of(STYLE)) + "\">\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the"
                + " page</a>\n" + contents(page) + "<main id=\"main\">\n" + Markdown.html(document)
                + "</main>\n</body>\n</html>\n";
    }

    /** A link to a page leads to its HTML; one to anything else of the checkout, such as sources, is text. */
    private void relink(Page page, Link link) {
        String written = link.getDestination();
        if (Page.Target.isElsewhere(written)) {
            return;
        }
        Page.Target target = Page.Target.of(written);
        Path file = page.resolve(target);
        Path asFolder = file.resolve("README.md");
        if (pages.has(file) || pages.has(asFolder)) {
            Path to = pages.has(file) ? file : asFolder;
            link.setDestination(way(page, place(to)) + (target.anchor().isEmpty() ? "" : "#" + target.anchor()));
        } else {
            while (link.getFirstChild() != null) {
                link.insertBefore(link.getFirstChild());
            }
            link.unlink();
        }
    }

    /** From a page's HTML to another file of the site. */
    private static String way(Page from, Path to) {
        Path folder = place(from.path()).getParent();
        return (folder == null ? to : folder.relativize(to)).toString().replace('\\', '/');
    }

    private String contents(Page current) {
        StringBuilder nav = new StringBuilder("<nav aria-label=\"Contents\">\n<a class=\"brand\" href=\""
                + way(current, Path.of("index.html")) + "\">MetaFusion</a>\n");
        list(
                nav,
                "Start",
                current,
                Stream.of("README.md", "docs/concepts.md", "docs/faq.md").map(Path::of));
        Page guide = pages.at(Pages.GUIDE);
        list(
                nav,
                "User guide",
                current,
                Stream.concat(Stream.of(Pages.GUIDE), inOrder(guide).filter(path -> path.startsWith("docs/guide"))));
        list(nav, "Reference", current, REFERENCE.stream().map(Path::of));
        nav.append("<h2>API</h2>\n<ul><li><a href=\"")
                .append(way(current, Path.of("apidocs", "index.html")))
                .append("\">Javadoc</a></li></ul>\n</nav>\n");
        return nav.toString();
    }

    private static Stream<Path> inOrder(Page guide) {
        return guide.targets().stream()
                .filter(written -> !Page.Target.isElsewhere(written))
                .map(Page.Target::of)
                .map(guide::resolve)
                .distinct();
    }

    private void list(StringBuilder nav, String heading, Page current, Stream<Path> paths) {
        nav.append("<h2>").append(heading).append("</h2>\n<ul>\n");
        paths.filter(pages::has)
                .map(pages::at)
                .forEach(page -> nav.append("<li><a href=\"")
                        .append(way(current, place(page.path())))
                        .append(page == current ? "\" aria-current=\"page\">" : "\">")
                        .append(escaped(page.title()))
                        .append("</a></li>\n"));
        nav.append("</ul>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
