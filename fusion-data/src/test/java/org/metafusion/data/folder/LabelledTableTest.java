package org.metafusion.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

final class LabelledTableTest {

    private static final List<String> IDS = List.of("a", "b", "c");

    private static TableRows rows(List<String> names, List<List<String>> labels, List<String> splits) {
        return new TableRows("birds/birds.parquet", names, IDS, labels, splits, List.of());
    }

    private static Samples samples(String... ids) {
        FeatureTable table =
                FeatureTable.complete(new Modality("image", List.of("p")), ids.length, new float[ids.length]);
        return new Samples(List.of(ids), List.of(table));
    }

    @Test
    void severalLabelColumnsAreTargets() {
        TableRows rows = rows(
                List.of("low", "high"),
                List.of(List.of("1", "2", "3"), List.of("4.5", "5", "6")),
                List.of("train", "test", "train"));
        LabelledTable table = LabelledTable.of(rows, ReadOptions.defaults());
        SplitDataset split = table.dataset("birds", samples("a", "c"), samples("b"));

        BitSet train = table.train();
        assertThat(train.stream()).containsExactly(0, 2);
        assertThat(split.train().task()).isEqualTo(new Task.Regression(List.of("low", "high")));
        assertThat(((Targets.Values) split.train().targets()).values()).containsExactly(1, 4.5f, 3, 6);
        assertThat(((Targets.Values) split.test().targets()).values()).containsExactly(2, 5);
    }

    @Test
    void labelsFollowTheRuleOfTheFolder() {
        LabelledTable table = LabelledTable.of(
                rows(List.of("kind"), List.of(List.of("10", "9", "9")), List.of()), ReadOptions.defaults());

        assertThat(table.dataset("birds", samples("a", "b", "c"), samples())
                        .train()
                        .task())
                .isEqualTo(new Task.Classification(List.of("9", "10")));
    }

    @Test
    void targetsOfAModelAreFoundByTheirNamesWhateverTheirOrder() {
        TableRows rows =
                rows(List.of("low", "high"), List.of(List.of("1", "2", "3"), List.of("4.5", "5", "6")), List.of());
        Task.Regression task = new Task.Regression(List.of("high", "low"));
        SplitDataset split = LabelledTable.known(rows, task, false).dataset("birds", samples("a", "b", "c"), samples());

        assertThat(split.train().task()).isEqualTo(task);
        assertThat(((Targets.Values) split.train().targets()).values()).containsExactly(4.5f, 1, 5, 2, 6, 3);
        assertThatThrownBy(() -> LabelledTable.known(rows, new Task.Regression(List.of("low", "wide")), false))
                .isInstanceOf(FusionException.class)
                .hasMessage("birds/birds.parquet: the model predicts 'low', 'wide' but no label column is 'wide'; those"
                        + " named are 'low', 'high', so name the same ones");
    }

    @Test
    void whatCannotBeUsedIsSaid() {
        TableRows words =
                rows(List.of("low", "high"), List.of(List.of("1", "2", "3"), List.of("4", "x", "6")), List.of());
        LabelledTable table = LabelledTable.of(words, ReadOptions.defaults());

        assertThatThrownBy(() -> table.dataset("birds", samples("a", "b", "c"), samples()))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "birds/birds.parquet, row 2, column 'high': the target must be a number but is 'x'; give one or"
                                + " remove the row");
        assertThatThrownBy(() -> LabelledTable.of(words, ReadOptions.defaults().withTask(TaskChoice.CLASSIFICATION)))
                .hasMessage(
                        "birds/birds.parquet: classification takes one label column but 2 are named: 'low', 'high'; name"
                                + " one, or choose the task regression");
        assertThatThrownBy(() -> LabelledTable.known(words, new Task.Classification(List.of("x", "y")), false))
                .hasMessage(
                        "birds/birds.parquet: the model learned from 1 label column but 2 are named: 'low', 'high'; name"
                                + " the same ones");
        assertThatThrownBy(() -> LabelledTable.of(
                        rows(List.of("kind"), List.of(List.of("x", "y", "y")), List.of("test", "test", "test")),
                        ReadOptions.defaults()))
                .hasMessage("birds/birds.parquet: no row has the split 'train'; mark the rows to learn from as train");
    }
}
