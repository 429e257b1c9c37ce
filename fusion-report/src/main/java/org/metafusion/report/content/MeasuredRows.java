package org.metafusion.report.content;

import java.util.List;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.report.Provenance;

/**
 * The rows that a model was measured on.
 *
 * @param data their data set
 * @param split which of its rows: {@code test}, {@code train} or {@code all}
 * @param rows how many
 */
public record MeasuredRows(String data, String split, int rows) {

    private static final String TEST = "test";

    /** These rows of a split. */
    public static MeasuredRows of(MultimodalDataset rows, String split) {
        return new MeasuredRows(rows.name(), split, rows.rows());
    }

    /** What to beware of: a model knows the rows that it learned from. */
    List<String> cautions() {
        return split.equals(TEST)
                ? List.of()
                : List.of(
                        "If the model was fitted to these data, it knows the train rows, so these figures flatter it.");
    }

    /** Where a model comes from, and what it was measured on. */
    Provenance beside(Provenance model) {
        return model.with("measured on", data)
                .with("split measured", split)
                .with("rows measured", String.valueOf(rows));
    }
}
