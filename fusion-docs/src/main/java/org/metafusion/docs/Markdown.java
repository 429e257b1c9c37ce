package org.metafusion.docs;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as GitHub has it: CommonMark and tables, and headings that can be linked to. */
final class Markdown {

    private static final List<org.commonmark.Extension> EXTENSIONS = List.of(TablesExtension.create());

    private Markdown() {}

    static Node parse(String text) {
        return Parser.builder().extensions(EXTENSIONS).build().parse(text);
    }

    static String html(Node document) {
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .attributeProviderFactory(context -> {
                    Anchors anchors = new Anchors();
                    return (node, tag, attributes) -> {
                        if (node instanceof Heading heading) {
                            attributes.put("id", anchors.next(words(heading)));
                        }
                    };
                })
                .build()
                .render(document);
    }

    /** What of a node is read, without its markup. */
    static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak softBreak) {
                words.append(' ');
            }
        });
        return words.toString();
    }

    /** What is told of a document's headings, links and images, in their order. */
    interface Listener {
        default void heading(Heading heading) {}

        default void link(Link link) {}

        default void image(Image image) {}
    }

    static void walk(Node document, Listener listener) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                listener.heading(heading);
                visitChildren(heading);
            }

            @Override
            public void visit(Link link) {
                visitChildren(link);
                listener.link(link);
            }

            @Override
            public void visit(Image image) {
                listener.image(image);
            }
        });
    }
}
