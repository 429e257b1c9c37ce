package org.metafusion.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.report.Exhibit;
import org.metafusion.report.Provenance;

/** What charts of answers say of whose answers they are, and of how many are drawn. */
final class AnswerChartsTest {

    private static final Task.Classification TWO = new Task.Classification(List.of("a", "b"));

    /** Three rows, of which the second is wrong. */
    private static final AnsweredRows CLASSES =
            new AnsweredRows(new Targets.Labels(TWO, new int[] {0, 0, 1}), new double[] {1, 0, 0.2, 0.8, 0.1, 0.9});

    private static AnsweredRows values(int width) {
        List<String> names = IntStream.range(0, width).mapToObj(i -> "t" + i).toList();
        float[] targets = new float[4 * width];
        double[] answers = new double[4 * width];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i;
            answers[i] = i + (i % width); // The first target is met, the next is off by 1, and so on.
        }
        return new AnsweredRows(new Targets.Values(new Task.Regression(names), targets), answers);
    }

    @Test
    void metricsOfATargetAreItsOwn() {
        List<Exhibit> charts = new AnswerCharts(values(2), "test rows").all();

        assertThat(charts.get(0).lead()).endsWith("Over all of them R2 1.000, RMSE 0.000.");
        assertThat(charts.get(1).lead()).endsWith("Over all of them R2 0.8000, RMSE 1.000.");
    }

    @Test
    void targetsThatAreNotDrawnAreCounted() {
        List<Exhibit> charts = new AnswerCharts(values(6), "test rows").all();

        assertThat(charts).hasSize(4);
        assertThat(charts.get(0).lead()).endsWith(" The first 4 of 6 targets are drawn.");
        assertThat(charts.get(1).lead()).doesNotContain("targets are drawn");
        assertThat(new AnswerCharts(values(4), "test rows").all().get(0).lead()).doesNotContain("targets are drawn");
    }

    @Test
    void ofSeveralRunsAnswersAreCountedAndNotRows() {
        Exhibit confusion = AnswerCharts.ofRuns(List.of(CLASSES, CLASSES)).all().get(0);
        Exhibit one = AnswerCharts.ofRuns(List.of(CLASSES)).all().get(0);

        assertThat(confusion.lead())
                .isEqualTo("Answers of all runs to test rows by true and predicted class; right answers lie on the"
                        + " diagonal. The most frequent error is 'a' taken for 'b', 2 answers.");
        assertThat(one.lead()).startsWith("Test rows by true").endsWith("'a' taken for 'b', 1 row.");
    }

    @Test
    void classesWithoutRowsAreNotCalledLeftOut() {
        assertThat(byClass(40, 31).lead()).endsWith("; the easiest are left out.");
        assertThat(byClass(40, 30).lead()).endsWith("the hardest class first.");
    }

    /** Of the first classes of a task a row each. */
    private static Exhibit byClass(int classes, int rows) {
        Task.Classification task = new Task.Classification(
                IntStream.range(0, classes).mapToObj(c -> "c" + c).toList());
        Committee committee = new Committee(
                CombinationRule.BEST_SINGLE, new int[] {0}, new double[] {1}, 1, new double[] {1}, "the best", 1);
        double[] values = new double[classes];
        values[0] = 1;
        MultimodalDataset labelled = new MultimodalDataset(
                "many",
                new Samples(
                        IntStream.range(0, rows).mapToObj(r -> "r" + r).toList(),
                        List.of(new FeatureTable(Modality.of("x", 1), rows, new float[rows], new java.util.BitSet()))),
                new Targets.Labels(task, IntStream.range(0, rows).toArray()));
        List<Prediction> predictions = IntStream.range(0, rows)
                .mapToObj(row -> new Prediction(task, values, List.of("x"), committee))
                .toList();
        return EvaluationReport.of(labelled, predictions, "test", new Provenance(Map.of(), Map.of())).parts().stream()
                .flatMap(part -> part.exhibits().stream())
                .filter(exhibit -> exhibit.id().equals("by-class"))
                .findFirst()
                .orElseThrow();
    }
}
