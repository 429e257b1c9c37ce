package org.metafusion.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.metafusion.report.Exhibit;
import org.metafusion.report.Part;
import org.metafusion.report.Report;
import org.metafusion.report.Tile;
import org.metafusion.report.chart.DataTable;
import org.metafusion.report.chart.Palette;
import org.metafusion.report.chart.VegaLite;

/**
 * A report as one HTML file: text, tables, chart specifications, style and the chart library, so that it opens anywhere
 * without a network. The page forbids itself to load anything.
 *
 * <p>Without scripts the text and the tables are still there; charts need them.
 */
public final class HtmlPage {

    private static final List<String> LIBRARIES = List.of("vega", "vega-lite", "vega-embed");

    private final Report report;

    public HtmlPage(Report report) {
        this.report = report;
    }

    /** Writes the page in UTF-8; does not close {@code out}. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(text().getBytes(StandardCharsets.UTF_8));
    }

    /** The page. */
    public String text() {
        Html html = new Html();
        html.raw("<!doctype html>\n<html lang=\"en\">\n");
        head(html);
        html.raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
        top(html);
        html.raw("<main id=\"main\">\n");
        summary(html);
        report.parts().forEach(part -> part(html, part));
        provenance(html);
        html.raw("</main>\n");
        scripts(html);
        return html.raw("</body>\n</html>\n").toString();
    }

    private void head(Html html) {
        html.raw("<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .raw("style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n")
                .element("title", report.title() + " · " + report.kind() + " · MetaFusion")
                .raw("\n<style>\n")
                .raw(Library.own("report.css"))
                .raw("</style>\n</head>\n");
    }

    private void top(Html html) {
        html.raw("<header class=\"top\"><span class=\"brand\">MetaFusion</span><nav aria-label=\"Parts\"><ul>");
        for (Part part : report.parts()) {
            html.raw("<li><a href=\"#" + part.id() + "\">").text(part.title()).raw("</a></li>");
        }
        html.raw("<li><a href=\"#provenance\">Provenance</a></li></ul></nav>")
                .raw("<button type=\"button\" id=\"theme\" aria-pressed=\"false\">Dark</button></header>\n");
    }

    private void summary(Html html) {
        html.raw("<section class=\"summary\">").element("p class=\"kind\"", report.kind());
        html.element("h1", report.title()).raw("\n<dl class=\"tiles\">");
        for (Tile tile : report.tiles()) {
            html.raw("<div>")
                    .element("dt", tile.label())
                    .element("dd class=\"value\"", tile.value())
                    .element("dd class=\"note\"", tile.note())
                    .raw("</div>");
        }
        html.raw("</dl>\n<ul class=\"sentences\">");
        report.sentences().forEach(sentence -> sentence(html, sentence));
        html.raw("</ul>\n");
        if (!report.cautions().isEmpty()) {
            html.raw("<aside class=\"cautions\">").element("h2", "Beware").raw("<ul>");
            report.cautions().forEach(caution -> html.element("li", caution));
            html.raw("</ul></aside>\n");
        }
        html.raw("</section>\n");
    }

    /** What stands before a colon near the beginning is set off. */
    private static void sentence(Html html, String sentence) {
        int colon = sentence.indexOf(": ");
        html.raw("<li>");
        if (colon > 0 && colon < 24) {
            html.element("strong", sentence.substring(0, colon)).raw(" <span>");
            html.text(sentence.substring(colon + 2)).raw("</span>");
        } else {
            html.element("span", sentence);
        }
        html.raw("</li>");
    }

    private static void part(Html html, Part part) {
        html.raw("<section class=\"part\" id=\"" + part.id() + "\">").element("h2", part.title());
        html.raw("\n<div class=\"exhibits\">\n");
        part.exhibits().forEach(exhibit -> exhibit(html, exhibit));
        for (Part.NamedTable table : part.tables()) {
            html.raw("<figure class=\"wide\">").element("h3", table.heading());
            table(html, table.heading(), table.table());
            html.raw("</figure>\n");
        }
        html.raw("</div></section>\n");
    }

    private static void exhibit(Html html, Exhibit exhibit) {
        String id = exhibit.id();
        html.raw("<figure id=\"" + id + "\">")
                .element("h3 id=\"" + id + "-heading\"", exhibit.heading())
                .element("p class=\"lead\" id=\"" + id + "-lead\"", exhibit.lead());
        if (!exhibit.chart().isEmpty()) {
            html.raw("<div class=\"chart\" role=\"img\" data-chart=\"" + id + "\" aria-labelledby=\"" + id
                    + "-heading\" aria-describedby=\"" + id + "-lead\"></div>");
        }
        html.raw("<details><summary>").text("Figures as a table").raw("</summary>");
        table(html, exhibit.heading(), exhibit.chart().table());
        html.raw("</details></figure>\n");
    }

    private static void table(Html html, String caption, DataTable table) {
        html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .text(caption + ", table")
                .raw("\"><table>");
        html.element("caption", caption).raw("<thead><tr>");
        table.headers().forEach(header -> html.element("th scope=\"col\"", header));
        html.raw("</tr></thead><tbody>");
        for (List<String> row : table.rows()) {
            html.raw("<tr>").element("th scope=\"row\"", row.get(0));
            row.stream().skip(1).forEach(cell -> html.element("td", cell));
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
    }

    private void provenance(Html html) {
        html.raw("<section class=\"part provenance\" id=\"provenance\">").element("h2", "Provenance");
        facts(html, report.provenance().facts());
        if (!report.provenance().options().isEmpty()) {
            html.raw("<details><summary>All options</summary>");
            facts(html, report.provenance().options());
            html.raw("</details>");
        }
        html.raw("</section>\n");
    }

    private static void facts(Html html, Map<String, String> facts) {
        html.raw("<dl class=\"facts\">");
        facts.forEach((name, value) ->
                html.raw("<div>").element("dt", name).element("dd", value).raw("</div>"));
        html.raw("</dl>");
    }

    private void scripts(Html html) {
        html.raw("<script type=\"application/json\" id=\"charts\">")
                .raw(charts())
                .raw("</script>\n");
        html.raw("<!--\n").raw(Library.own("vega-license.txt")).raw("-->\n");
        for (String library : LIBRARIES) {
            html.raw("<script>").raw(Library.script(library)).raw("</script>\n");
        }
        html.raw("<script>\n").raw(Library.own("report.js")).raw("</script>\n");
    }

    private String charts() {
        ObjectNode specs = JsonNodeFactory.instance.objectNode();
        for (Part part : report.parts()) {
            for (Exhibit exhibit : part.exhibits()) {
                if (!exhibit.chart().isEmpty()) {
                    specs.set(exhibit.id(), VegaLite.of(exhibit.chart()));
                }
            }
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("config", Palette.config());
        all.set("specs", specs);
        try {
            return new ObjectMapper().writeValueAsString(all).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
