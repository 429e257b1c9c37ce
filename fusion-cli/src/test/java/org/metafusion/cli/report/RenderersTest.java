package org.metafusion.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.metafusion.cli.report.Section.Best;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.report.words.Figures;

/** The same sections as text and as JSON. */
class RenderersTest {

    private static final Section FACTS = new Section.Facts(
            "data",
            "Data",
            List.of(new Fact("name", "the name", Cell.of("birds")), new Fact("rows", "rows", Cell.of(7))));

    private static final Section TABLE = new Section.Table(
            "strategies",
            "Strategies",
            List.of(
                    Column.of("name", "name"),
                    new Column("accuracy", "accuracy %", Best.HIGHEST),
                    new Column("loss", "loss", Best.LOWEST),
                    Column.of("top", "top"),
                    Column.of("hidden", "")),
            List.of(
                    row("early", Cell.percent(0.5), Cell.of(Double.NaN), true),
                    row("über-long", Cell.percent(0.75), Cell.of(0.25), false),
                    row("late", Cell.percent(0.75), Cell.of(123.4), false)),
            2);

    private static List<Cell> row(String name, Cell accuracy, Cell loss, boolean top) {
        return List.of(Cell.of(name), accuracy, loss, Cell.marked(top), Cell.none());
    }

    private static String rendered(Function<PrintStream, Renderer> make, Section... sections) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Renderer renderer = make.apply(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        for (Section section : sections) {
            renderer.section(section);
        }
        renderer.finish();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String text(Section... sections) {
        return rendered(out -> new TextRenderer(out, Ink.PLAIN), sections);
    }

    private static String json(Section... sections) {
        return rendered(out -> new JsonRenderer(out, "test"), sections);
    }

    @Test
    void textIsAlignedAndMarksTheBest() {
        assertThat(text(FACTS, TABLE)).isEqualTo("""
                Data
                the name  birds
                rows      7

                Strategies
                name       accuracy %     loss   top
                early            50.0        -     *
                über-long        75.0*  0.2500*
                ... and 1 more
                """);
    }

    @Test
    void aCellThatStandsApartIsNeverTheBest() {
        Section table = new Section.Table(
                "strategies",
                "",
                List.of(Column.of("name", "name"), new Column("loss", "loss", Best.LOWEST)),
                List.of(
                        List.of(
                                new Cell.Noted("early", "7 of 9 rows"),
                                Cell.of(0.125).apart()),
                        List.of(new Cell.Noted("late", ""), Cell.of(0.25)),
                        List.of(new Cell.Noted("both", ""), new Cell.Spread(List.of(0.5), Figures.Style.PLAIN))));
        assertThat(text(table)).isEqualTo("""
                name                   loss
                early (7 of 9 rows)  0.1250
                late                 0.2500*
                both                 0.5000
                """);
        assertThat(json(table)).contains("\"name\" : \"early\"").doesNotContain("of 9 rows");
    }

    @Test
    void aTerminalShowsHeadingsAndTheBestInBold() {
        String text = rendered(out -> new TextRenderer(out, Ink.ANSI), TABLE);
        assertThat(text)
                .startsWith("\u001B[1mStrategies\u001B[0m\n")
                .contains("über-long        \u001B[1m75.0*\u001B[0m  \u001B[1m0.2500*\u001B[0m\n");
    }

    @Test
    void jsonHasAllRowsUnrounded() {
        assertThat(json(FACTS, TABLE).replaceAll("\\s+", "")).isEqualTo(("""
                {"command":"test","data":{"name":"birds","rows":7},"strategies":[
                {"name":"early","accuracy":0.5,"loss":null,"top":true,"hidden":null},
                {"name":"über-long","accuracy":0.75,"loss":0.25,"top":false,"hidden":null},
                {"name":"late","accuracy":0.75,"loss":123.4,"top":false,"hidden":null}]}""").replaceAll("\\s+", ""));
    }

    @Test
    void linesForPeopleStandForSectionsForMachines() {
        Section said = new Section.Said(
                "In short",
                List.of("seven birds"),
                new Section.Group("all", List.of(FACTS, new Section.Lines("notes", "", List.of("a \"b\"")))));
        assertThat(text(said)).isEqualTo("In short\nseven birds\n");
        assertThat(json(said).replaceAll("\\s+", ""))
                .isEqualTo("{\"command\":\"test\",\"all\":{\"data\":{\"name\":\"birds\",\"rows\":7},"
                        + "\"notes\":[\"a\\\"b\\\"\"]}}");
    }

    @Test
    void factsWithoutAKeyAreAtTheTop() {
        Section facts = new Section.Facts("", "", List.of(new Fact("seconds", "seconds", Cell.of(1.5))));
        assertThat(json(facts).replaceAll("\\s+", "")).isEqualTo("{\"command\":\"test\",\"seconds\":1.5}");
    }

    @Test
    void severalMeasurementsGiveMeanDeviationAndAll() {
        Section facts = new Section.Facts(
                "", "", List.of(new Fact("r2", "R2", new Cell.Spread(List.of(0.25, 0.75), Figures.Style.PLAIN))));
        assertThat(json(facts).replaceAll("\\s+", ""))
                .isEqualTo("{\"command\":\"test\",\"r2\":{\"mean\":0.5,\"std\":0.3535533905932738,"
                        + "\"values\":[0.25,0.75]}}");
    }

    @Test
    void longListsAreCutForPeople() {
        assertThat(new Cell.Words(List.of("a", "b", "c"), ", ", 2).text()).isEqualTo("a, b and 1 more");
        assertThat(new Cell.Words(List.of("a", "b"), ", ", 2).text()).isEqualTo("a, b");
    }

    @Test
    void sectionsWithNothingInThemAreLeftOutOfText() {
        assertThat(text(new Section.Lines("notes", "Notes", List.of()), FACTS)).startsWith("Data\n");
    }
}
