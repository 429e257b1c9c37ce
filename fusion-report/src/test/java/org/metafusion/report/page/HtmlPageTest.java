package org.metafusion.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.metafusion.report.Exhibit;
import org.metafusion.report.Part;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.Tile;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars;
import org.metafusion.report.chart.Bars.Bar;

/** What is in the file, whatever the results are called. */
final class HtmlPageTest {

    private static final String EVIL = "</script><script>alert('x & y')</script>";

    private static String page(String name) {
        Bars bars = new Bars(name, Axis.close(name), List.of(Bar.of(name, 1, true), Bar.of("other", 2, false)));
        return new HtmlPage(new Report(
                        name,
                        "Fitted model",
                        List.of(new Tile(name, name, name)),
                        List.of("What: " + name, "no heading " + name),
                        List.of(name),
                        List.of(
                                new Part("one", name, List.of(new Exhibit("first", name, name, bars))),
                                new Part("none", "Nothing", List.of())),
                        new Provenance(Map.of("seed", name), Map.of("a.b", name))))
                .text();
    }

    /** Without the scripts of the chart library. */
    private static String ours(String page) {
        return page.substring(0, page.indexOf("<script>!function"));
    }

    @Test
    void namesOfDataAreTextAndNothingElse() {
        String page = page(EVIL);

        assertThat(page.contains(EVIL)).isFalse();
        assertThat(ours(page))
                .contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x &amp; y&#39;)")
                .contains("\\u003c/script>\\u003cscript>alert(");
        assertThat(page.split("<script", -1).length).isEqualTo(page("birds").split("<script", -1).length);
    }

    @Test
    void theFileIsSmallAndLoadsNothing() {
        String page = page("birds");

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
        assertThat(ours(page))
                .contains("default-src 'none'")
                .contains("Copyright (c) 2015-2023, University of Washington Interactive Data Lab")
                .doesNotContain("<link")
                .doesNotContain("<script src")
                .doesNotContain("@import");
    }

    @Test
    void withoutScriptsTheFiguresAreThere() {
        String page = page("birds");

        assertThat(ours(page))
                .contains("<h1>birds</h1>")
                .contains("<strong>What</strong> <span>birds</span>")
                .contains("<th scope=\"row\">other</th><td>2</td>")
                .contains("<dt>seed</dt><dd>birds</dd>")
                .doesNotContain("id=\"none\"");
    }
}
