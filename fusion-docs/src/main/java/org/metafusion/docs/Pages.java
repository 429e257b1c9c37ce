package org.metafusion.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Markdown files of the project that readers are meant to read. */
final class Pages {

    static final Path GUIDE = Path.of("docs", "guide", "README.md");

    private static final List<String> SINGLE =
            List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md");

    private final Path root;
    private final Map<Path, Page> byPath = new TreeMap<>();

    private Pages(Path root) {
        this.root = root;
    }

    /** Of a checkout. */
    static Pages of(Path root) {
        Pages pages = new Pages(root);
        SINGLE.stream()
                .map(Path::of)
                .filter(path -> Files.exists(root.resolve(path)))
                .forEach(pages::add);
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .map(root::relativize)
                    .forEach(pages::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    private void add(Path path) {
        byPath.put(path, Page.read(root, path));
    }

    Path root() {
        return root;
    }

    List<Page> all() {
        return List.copyOf(byPath.values());
    }

    boolean has(Path path) {
        return byPath.containsKey(path);
    }

    Page at(Path path) {
        return Objects.requireNonNull(byPath.get(path), path::toString);
    }

    /** Links and images that lead nowhere, a line each. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (Page page : all()) {
            for (String written : page.targets()) {
                if (!Page.Target.isElsewhere(written)) {
                    Page.Target target = Page.Target.of(written);
                    complaint(page.resolve(target), target.anchor())
                            .forEach(what -> broken.add(page.path() + ": (" + written + ") " + what));
                }
            }
        }
        return broken;
    }

    private Stream<String> complaint(Path file, String anchor) {
        if (file.startsWith("..") || !Files.exists(root.resolve(file))) {
            return Stream.of("leads to " + file + ", which is not there");
        }
        if (anchor.isEmpty()) {
            return Stream.empty();
        }
        if (!has(file)) {
            return Stream.of("names an anchor of " + file + ", which is no page");
        }
        return at(file).anchors().contains(anchor)
                ? Stream.empty()
                : Stream.of("names an anchor that " + file + " does not have; it has " + at(file).anchors());
    }
}
