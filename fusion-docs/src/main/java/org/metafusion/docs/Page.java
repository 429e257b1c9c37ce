package org.metafusion.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * A Markdown file of the project.
 *
 * @param path from the project's root
 * @param title its first heading
 * @param anchors of its headings
 * @param targets of its links and images, as written
 */
record Page(Path path, Node document, String title, Set<String> anchors, List<String> targets) {

    /** @param root of the project */
    static Page read(Path root, Path path) {
        Node document = Markdown.parse(text(root.resolve(path)));
        Anchors made = new Anchors();
        List<String> headings = new ArrayList<>();
        Set<String> anchors = new LinkedHashSet<>();
        List<String> targets = new ArrayList<>();
        Markdown.walk(document, new Markdown.Listener() {
            @Override
            public void heading(Heading heading) {
                headings.add(Markdown.words(heading));
                anchors.add(made.next(Markdown.words(heading)));
            }

            @Override
            public void link(Link link) {
                targets.add(link.getDestination());
            }

            @Override
            public void image(Image image) {
                targets.add(image.getDestination());
            }
        });
        String title = headings.isEmpty() ? path.getFileName().toString() : headings.get(0);
        return new Page(path, document, title, anchors, targets);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a target leads, from the project's root; the page itself where it is an anchor alone. */
    Path resolve(Target target) {
        return target.path().isEmpty()
                ? path
                : path.resolveSibling(target.path()).normalize();
    }

    /**
     * Where a link leads to.
     *
     * @param path relative to the page; empty for the page itself
     * @param anchor empty for none
     */
    record Target(String path, String anchor) {

        static Target of(String written) {
            int hash = written.indexOf('#');
            return hash < 0
                    ? new Target(written, "")
                    : new Target(written.substring(0, hash), written.substring(hash + 1));
        }

        /** Whether it leads out of the project. */
        static boolean isElsewhere(String written) {
            return written.matches("[a-z]+:.*");
        }
    }
}
