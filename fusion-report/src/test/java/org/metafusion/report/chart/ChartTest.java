package org.metafusion.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.report.chart.Bars.Bar;
import org.metafusion.report.chart.Dots.Dot;
import org.metafusion.report.chart.HeatMap.Matrix;
import org.metafusion.report.chart.Lines.Point;
import org.metafusion.report.chart.Lines.Series;

/** A chart's table has what is drawn, and its specification is data alone. */
final class ChartTest {

    private final Bars bars = new Bars(
            "strategy",
            Axis.close("accuracy, %").ofPercent(),
            List.of(
                    new Bar("early", 81.25, 1.5, false, "two runs"),
                    new Bar("late", Double.NaN, Double.NaN, false, ""),
                    new Bar("committee", 90, 0.5, true, "")));

    private final Lines curves = new Lines(
            Axis.count("epoch"),
            Axis.close("loss"),
            false,
            List.of(
                    Series.main("a", List.of(new Point(1, 0.5), new Point(2, 0.25), new Point(3, Double.NaN))),
                    Series.reference("b", List.of(new Point(1, 0.75)))));

    @Test
    void barsSayWhatCouldNotBeMeasuredButDoNotDrawIt() {
        assertThat(bars.table().headers()).containsExactly("strategy", "accuracy, %", "standard deviation", "note");
        assertThat(bars.table().rows())
                .containsExactly(
                        List.of("early", "81.3", "1.5", "two runs"),
                        List.of("late", "-", "-", ""),
                        List.of("committee", "90.0", "0.5", ""));
        JsonNode rows = VegaLite.of(bars).at("/data/values");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("low").asDouble()).isEqualTo(79.75);
        assertThat(rows.get(1).get("chosen").asBoolean()).isTrue();
    }

    @Test
    void linesOfOneXShareTheRowsOfATable() {
        assertThat(curves.table().headers()).containsExactly("epoch", "a", "b");
        assertThat(curves.table().rows()).containsExactly(List.of("1", "0.5000", "0.7500"), List.of("2", "0.2500", ""));
        assertThat(VegaLite.of(curves).at("/data/values")).hasSize(3);
    }

    @Test
    void linesOfManyXAreListedPointByPoint() {
        Lines roc = new Lines(
                Axis.unit("fpr"),
                Axis.unit("tpr"),
                true,
                List.of(
                        Series.main("a", List.of(new Point(0, 0), new Point(0, 0.5), new Point(1, 1))),
                        Series.main("b", List.of(new Point(0.25, 0.125)))));

        assertThat(roc.table().headers()).containsExactly("series", "fpr", "tpr");
        assertThat(roc.table().rows())
                .containsExactly(
                        List.of("a", "0", "0"),
                        List.of("a", "0", "0.5000"),
                        List.of("a", "1", "1"),
                        List.of("b", "0.2500", "0.1250"));
    }

    @Test
    void anAxisOfWholeNumbersHasNoMoreTicksThanThereAreOfThem() {
        assertThat(VegaLite.of(curves).at("/layer/0/encoding/x/axis/tickCount").asInt())
                .isEqualTo(1); // from 1 to 2
        Lines many = new Lines(
                Axis.count("epoch"),
                Axis.close("loss"),
                false,
                List.of(Series.main("a", List.of(new Point(1, 0.5), new Point(40, 0.25)))));
        assertThat(VegaLite.of(many).at("/layer/0/encoding/x/axis/tickCount").asInt())
                .isEqualTo(6);
    }

    @Test
    void linesHaveBandsWhereDeviationsAreKnown() {
        Lines measured = new Lines(
                Axis.close("rows"),
                Axis.close("accuracy %").ofPercent(),
                false,
                List.of(Series.main("a", List.of(new Point(1, 80, 2.5), new Point(2, 90)))));

        assertThat(measured.table().rows()).containsExactly(List.of("1", "80.0 ± 2.5"), List.of("2", "90.0"));
        JsonNode spec = VegaLite.of(measured);
        assertThat(spec.at("/layer/0/mark/type").asText()).isEqualTo("area");
        assertThat(spec.at("/data/values/0/low").asDouble()).isEqualTo(77.5);
        assertThat(spec.at("/data/values/0/high").asDouble()).isEqualTo(82.5);
        assertThat(spec.at("/data/values/1/high").asDouble()).isEqualTo(90);
        assertThat(VegaLite.of(curves).at("/layer/0/mark/type").asText()).isEqualTo("line");
    }

    @Test
    void seriesAreToldApartByName() {
        Series twice = Series.main("a", List.of());

        assertThatThrownBy(() -> new Lines(Axis.close("x"), Axis.close("y"), false, List.of(twice, twice)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Series must have different names but are [a, a]");
    }

    @Test
    void aHeatMapKeepsTheOrderOfItsNamesAndLeavesBlanks() {
        HeatMap map = new HeatMap(
                "predicted", "true", "rows", true, new Matrix(List.of("z", "a"), List.of("z", "a"), new double[][] {
                    {Double.NaN, 2}, {3, 4.5}
                }));

        assertThat(map.table().headers()).containsExactly("true \\ predicted", "z", "a");
        assertThat(map.table().rows()).containsExactly(List.of("z", "-", "2"), List.of("a", "3", "4.500"));
        JsonNode spec = VegaLite.of(map);
        assertThat(spec.at("/data/values")).hasSize(3);
        assertThat(spec.at("/encoding/x/scale/domain/0").asText()).isEqualTo("z");
        assertThatThrownBy(() -> new Matrix(List.of("a"), List.of("b"), new double[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A matrix needs 1 rows of 1 values, one a name");
    }

    @Test
    void dotsHaveGroupsAndSizesOnlyIfTheyMeanSomething() {
        List<Dot> dots = List.of(new Dot("s", 0.5, 1, "cluster 1", 3));
        Dots grouped = new Dots("student", Axis.close("loss"), Axis.count("place"), "cluster", "", false, dots);
        Dots sized = new Dots("bin", Axis.unit("p"), Axis.unit("right"), "", "rows", true, dots);

        assertThat(grouped.table().headers()).containsExactly("student", "loss", "place", "cluster");
        assertThat(sized.table().rows()).containsExactly(List.of("s", "0.5000", "1", "3"));
        assertThat(VegaLite.of(sized).at("/layer")).hasSize(2);
        assertThat(VegaLite.of(grouped).at("/layer")).hasSize(1);
    }

    @Test
    void aFlatLineHasRoomAboveAndBelow() {
        Lines flat = new Lines(
                Axis.close("rho"),
                Axis.close("loss"),
                false,
                List.of(Series.main("a", List.of(new Point(0, 0.5), new Point(1, 0.5)))));

        JsonNode domain = VegaLite.of(flat).at("/layer/0/encoding/y/scale/domain");

        assertThat(domain.get(0).asDouble()).isEqualTo(0.45);
        assertThat(domain.get(1).asDouble()).isEqualTo(0.55);
        assertThat(VegaLite.of(curves).at("/layer/0/encoding/y/scale/domain").isMissingNode())
                .isTrue();
    }

    @Test
    void lossesFarApartHaveALogarithmicAxis() {
        assertThat(Axis.fitting("loss", new double[] {0.1, 1, 3}).kind()).isEqualTo(Axis.Kind.LOG);
        assertThat(Axis.fitting("loss", new double[] {0.5, 1, 3}).kind()).isEqualTo(Axis.Kind.CLOSE);
        assertThat(Axis.fitting("loss", new double[] {0, 1, 3}).kind()).isEqualTo(Axis.Kind.CLOSE);
    }

    @Test
    void whatHasNoValueIsEmpty() {
        assertThat(new Bars("x", Axis.close("y"), List.of(Bar.of("a", Double.NaN, false))).isEmpty())
                .isTrue();
        assertThat(bars.isEmpty()).isFalse();
        assertThat(curves.isEmpty()).isFalse();
        assertThat(new Lines(Axis.close("x"), Axis.close("y"), false, List.of(Series.main("a", List.of()))).isEmpty())
                .isTrue();
    }

    @Test
    void specificationsFetchNothing() {
        HeatMap map = new HeatMap(
                "image", "title", "image", true, new Matrix(List.of("http://a"), List.of("b"), new double[][] {{1}}));
        Dots dots = new Dots(
                "image", Axis.close("title"), Axis.close("image"), "", "", false, List.of(new Dot("s", 1, 2, "", 0)));

        for (Chart chart : List.of(bars, curves, map, dots)) {
            assertThat(fetched(VegaLite.of(chart), "")).as(chart.toString()).isEmpty();
        }
        assertThat(fetched(json("{'data': {'url': 'a.csv'}}"), "")).containsExactly("/data/url");
        assertThat(fetched(json("{'mark': {'type': 'image'}}"), "")).containsExactly("/mark/type");
        assertThat(fetched(json("{'tooltip': [{'field': 'x', 'title': 'image'}]}"), ""))
                .containsExactly("/tooltip/0/title");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a specification has something loaded: addresses, image marks, and tooltips whose key is taken for an address. */
    private static List<String> fetched(JsonNode node, String path) {
        List<String> found = new ArrayList<>();
        boolean isTip = path.matches(".*/tooltip/\\d+");
        node.fields().forEachRemaining(field -> {
            boolean isImage = field.getValue().asText().equals("image");
            if (List.of("url", "href", "loader").contains(field.getKey())
                    || isImage
                            && (field.getKey().equals("type") || field.getKey().equals("mark"))
                    || isImage && isTip && field.getKey().equals("title")) {
                found.add(path + "/" + field.getKey());
            }
            found.addAll(fetched(field.getValue(), path + "/" + field.getKey()));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.addAll(fetched(node.get(i), path + "/" + i));
        }
        return found;
    }

    @Test
    void titlesOfTooltipsAreKeysWhateverTheyAre() {
        for (String title : List.of("image", "title")) {
            assertThat(VegaLite.tip("x", title).get("title").asText()).isEqualTo(title + " ");
        }
        assertThat(VegaLite.tip("x", "a\\b \"c\"\n").get("title").asText())
                .as("Vega-Lite escapes the quotes itself")
                .isEqualTo("a\\\\b \"c\" ");
        assertThat(VegaLite.numberTip("x", "image").get("title").asText()).isEqualTo("image ");
    }

    @Test
    void cellsOfAHeatMapAreRoundedAndNotCutOff() {
        HeatMap map = new HeatMap("a", "b", "loss", false, new Matrix(List.of("r"), List.of("c", "d"), new double[][] {
            {0.1999, 12.345}
        }));

        assertThat(VegaLite.of(map).at("/data/values").findValuesAsText("shown"))
                .containsExactly("0.200", "12.35");
    }

    @Test
    void linesOfOneColourDifferInTheirDashes() {
        List<Series> many = new ArrayList<>();
        for (int s = 0; s <= Palette.COLOURS; s++) {
            many.add(Series.main("s" + s, List.of(new Point(0, s))));
        }
        JsonNode encoding = VegaLite.of(new Lines(Axis.close("x"), Axis.close("y"), false, many))
                .at("/layer/0/encoding");
        JsonNode colours = encoding.at("/color/scale/range");
        JsonNode dashes = encoding.at("/strokeDash/scale/range");

        assertThat(colours.get(Palette.COLOURS)).isEqualTo(colours.get(0));
        assertThat(dashes.get(Palette.COLOURS)).isNotEqualTo(dashes.get(0));
        assertThat(dashes.get(1)).isEqualTo(dashes.get(0));
    }

    @Test
    void dotsOfOneColourDifferInTheirShapes() {
        List<Dot> many = new ArrayList<>();
        for (int d = 0; d <= Palette.COLOURS; d++) {
            many.add(new Dot("s" + d, d, d, "cluster " + d, 0));
        }
        JsonNode shapes = VegaLite.of(new Dots("student", Axis.close("x"), Axis.close("y"), "cluster", "", false, many))
                .at("/layer/0/encoding/shape/scale/range");

        assertThat(shapes.get(Palette.COLOURS)).isNotEqualTo(shapes.get(0));
        assertThat(shapes.get(1)).isEqualTo(shapes.get(0));
    }

    @Test
    void aNameThatEndsLikeAPercentageIsNone() {
        assertThat(Axis.close("predicted moisture %").show(0.1234)).isEqualTo("0.1234");
        assertThat(Axis.close("accuracy, %").ofPercent().show(12.34)).isEqualTo("12.3");
    }

    @Test
    void rowsOfATableHaveAsManyCellsAsThereAreHeaders() {
        assertThatThrownBy(() -> new DataTable(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A table of the columns [a, b] has a row of 1 cells: [1]");
    }
}
