package org.metafusion.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.chart.Lines.Point;
import org.metafusion.report.chart.Lines.Series;

/** What becomes of a study's table by the kinds of its columns. */
final class StudyChartsTest {

    private static final StudyColumn SHARE = StudyColumn.setting("share", "share");
    private static final StudyColumn MODALITY = StudyColumn.setting("modality", "modality");
    private static final StudyColumn ANSWER = StudyColumn.compared("answer", "answer");
    private static final StudyColumn ACCURACY = StudyColumn.percent("accuracy", "accuracy %");

    private static List<Exhibit> charts(List<StudyColumn> columns, List<List<StudyValue>> rows) {
        return new StudyCharts(new StudyTable("t", "Title", columns, rows)).all();
    }

    private static StudyValue repeated(double... values) {
        return new StudyValue.Repeated(java.util.Arrays.stream(values).boxed().toList());
    }

    @Test
    void aNumericSettingIsTheAxisWhatIsComparedAreLinesAndOtherSettingsDivideCharts() {
        List<Exhibit> charts = charts(
                List.of(MODALITY, SHARE, ANSWER, ACCURACY),
                List.of(
                        List.of(of("image"), of(0.5), of("ours"), repeated(0.7, 0.8)),
                        List.of(of("image"), of(0.0), of("ours"), repeated(0.9)),
                        List.of(of("image"), of(0.0), of("mean"), repeated(0.9)),
                        List.of(of("text"), of(0.0), of("ours"), repeated(0.6)),
                        List.of(of("text"), of(0.5), of("ours"), repeated())));

        assertThat(charts).extracting(Exhibit::id).containsExactly("t-1", "t-2");
        assertThat(charts)
                .extracting(Exhibit::heading)
                .containsExactly("Accuracy, modality image", "Accuracy, modality text");
        assertThat(charts.get(0).lead())
                .isEqualTo("Along the axis: share; lines: answer. Bands are one standard deviation to either side, over"
                        + " 2 runs.");
        Lines image = (Lines) charts.get(0).chart();
        assertThat(image.y()).isEqualTo(Axis.close("accuracy %").ofPercent());
        assertThat(image.series()).extracting(Series::name).containsExactly("ours", "mean");
        List<Point> ours = image.series().get(0).points();
        assertThat(ours).extracting(Point::x).containsExactly(0.0, 0.5);
        assertThat(ours.get(1).y()).isEqualTo(75);
        assertThat(ours.get(1).deviation())
                .isCloseTo(100 * Math.sqrt(0.005), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(((Lines) charts.get(1).chart()).series().get(0).points()).hasSize(1);
    }

    @Test
    void columnsOfOneQuantityShareAnAxisAndFiguresAsideAreNotDrawn() {
        StudyColumn count = StudyColumn.figure("count", "count").aside();
        StudyColumn bias = StudyColumn.figure("bias", "bias").measuring("error");
        StudyColumn variance = StudyColumn.figure("variance", "variance").measuring("error");
        List<Exhibit> charts = charts(
                List.of(SHARE, count, bias, variance),
                List.of(List.of(of(0.0), of(3L), of(0.5), of(0.25)), List.of(of(1.0), of(4L), of(0.75), of(0.125))));

        assertThat(charts).hasSize(1);
        assertThat(charts.get(0).heading()).isEqualTo("Error");
        assertThat(charts.get(0).lead()).isEqualTo("Along the axis: share; one measurement each.");
        assertThat(((Lines) charts.get(0).chart()).series())
                .containsExactly(
                        Series.main("bias", List.of(new Point(0, 0.5), new Point(1, 0.75))),
                        Series.main("variance", List.of(new Point(0, 0.25), new Point(1, 0.125))));
    }

    @Test
    void withoutANumericSettingThereAreBarsAndTheBestStandsOut() {
        StudyColumn time = StudyColumn.figure("time", "time").best(StudyColumn.Best.LOWEST);
        List<Exhibit> charts = charts(
                List.of(ANSWER, ACCURACY, time),
                List.of(List.of(of("early"), of(0.5), of(3.0)), List.of(of("late"), of(0.25), of(2.0))));

        assertThat(charts).extracting(Exhibit::heading).containsExactly("Accuracy", "Time");
        assertThat(charts.get(1).chart().table().rows()).containsExactly(List.of("early", "3"), List.of("late", "2"));
        assertThat(((Bars) charts.get(0).chart()).bars())
                .noneMatch(Bars.Bar::isChosen)
                .extracting(Bars.Bar::value)
                .containsExactly(50.0, 25.0);
        assertThat(((Bars) charts.get(1).chart()).bars())
                .extracting(Bars.Bar::isChosen)
                .containsExactly(false, true);
    }

    @Test
    void moreLinesThanColoursAreBarsDividedByTheAxis() {
        List<List<StudyValue>> rows = IntStream.range(0, 20)
                .mapToObj(i -> List.of(of(i < 10 ? 0.0 : 1.0), of("way " + i % 10), of(0.5)))
                .toList();

        List<Exhibit> charts = charts(List.of(SHARE, ANSWER, ACCURACY), rows);

        assertThat(charts).extracting(Exhibit::heading).containsExactly("Accuracy, share 0", "Accuracy, share 1");
        assertThat(charts).allMatch(chart -> ((Bars) chart.chart()).bars().size() == 10);
    }

    @Test
    void whatFollowsFromTheAxisOrNeverChangesDividesNothing() {
        StudyColumn students = StudyColumn.setting("students", "students");
        StudyColumn each = StudyColumn.setting("each", "representations");
        List<Exhibit> charts = charts(
                List.of(MODALITY, each, students, StudyColumn.figure("seconds", "seconds")),
                List.of(
                        List.of(of("x"), of(1L), of(3L), of(1.0)),
                        List.of(of("x"), of(2L), of(8L), of(2.0)),
                        List.of(of("x"), of(2L), of(15L), of(4.0))));

        assertThat(charts).hasSize(1);
        assertThat(charts.get(0).heading()).isEqualTo("Seconds");
        assertThat(charts.get(0).chart().table().headers()).containsExactly("students", "seconds");
    }

    @Test
    void aTableShowsSettingsWithoutNeedlessZerosAndRepetitionsAsMeanAndDeviation() {
        StudyTable table =
                new StudyTable("t", "Title", List.of(SHARE, ACCURACY), List.of(List.of(of(0.20), repeated(0.7, 0.8))));

        assertThat(StudyCells.table(table).rows()).containsExactly(List.of("0.2", "75.0 ± 7.1"));
    }

    private static StudyValue of(String text) {
        return StudyValue.of(text);
    }

    private static StudyValue of(double value) {
        return StudyValue.of(value);
    }

    private static StudyValue of(long count) {
        return StudyValue.of(count);
    }
}
