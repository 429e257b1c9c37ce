package org.metafusion.onnx.export;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.onnx.runtime.FloatRows;
import org.metafusion.onnx.runtime.OnnxSession;

/**
 * The export of a model's committee as one ONNX graph, which is handed out only once ONNX Runtime has computed with it what
 * the model predicts.
 *
 * <pre>{@code
 * Files.write(file, OnnxExport.of(model).checkedOn(rows).bytes());
 * }</pre>
 */
public final class OnnxExport {

    /** How many rows are drawn where none are given. */
    private static final int RANDOM_ROWS = 256;

    private final FusionModel model;
    private final CommitteeGraph graph;

    private OnnxExport(FusionModel model, BitSet mask) {
        this.model = model;
        this.graph = new CommitteeGraph(model.content(), mask);
    }

    /** Of the committee that answers when all modalities are there. */
    public static OnnxExport of(FusionModel model) {
        return of(model, model.modalities().stream().map(Modality::name).toList());
    }

    /**
     * Of the committee that answers when just these modalities are there.
     *
     * @throws FusionException if the model does not know one, or none is given
     */
    public static OnnxExport of(FusionModel model, List<String> modalities) {
        List<String> known = model.modalities().stream().map(Modality::name).toList();
        BitSet mask = new BitSet();
        for (String name : modalities) {
            if (!known.contains(name)) {
                throw new FusionException("The model has no modality '" + name + "'; it knows " + known);
            }
            mask.set(known.indexOf(name));
        }
        if (mask.isEmpty()) {
            throw new FusionException("A graph needs one modality or more; name some of " + known);
        }
        return new OnnxExport(model, mask);
    }

    /**
     * The graph, compared with the model on the rows that have all its modalities.
     *
     * @param rows any of the model's modalities, in their own unit
     * @throws FusionException if no row has all of them, part of the committee has no ONNX form, or the graph is further
     *     from the model than {@link Parity#TOLERANCE}
     */
    public CheckedGraph checkedOn(Samples rows) {
        Samples compared = complete(rows);
        byte[] bytes = graph.bytes();
        try (OnnxSession session = OnnxSession.of("the exported graph", bytes)) {
            FloatRows outputs = session.run(inputs(compared), graph.output());
            Parity parity = new GraphComparison(graph).of(outputs, model.predict(compared), compared.ids());
            return new CheckedGraph(bytes, graph.modalities(), graph.output(), graph.committee(), parity);
        }
    }

    /**
     * The graph, compared with the model on rows drawn from a normal distribution with the mean and deviation that each
     * feature had in training.
     *
     * @throws FusionException as {@link #checkedOn}
     */
    public CheckedGraph checkedOnRandomRows(long seed) {
        return checkedOn(new RandomRows(model.content(), seed).of(graph.mask(), RANDOM_ROWS));
    }

    /** The rows that have all the graph's modalities, with these alone. */
    private Samples complete(Samples rows) {
        Samples aligned = model.aligned(rows);
        List<FeatureTable> tables =
                graph.mask().stream().mapToObj(m -> aligned.tables().get(m)).toList();
        int[] whole = IntStream.range(0, rows.rows())
                .filter(row -> tables.stream().allMatch(table -> table.isPresent(row)))
                .toArray();
        if (whole.length == 0) {
            throw new FusionException("None of the " + rows.rows() + " rows to compare on has all of "
                    + graph.modalities() + "; give rows that do");
        }
        return new Samples(aligned.ids(), tables).select(whole);
    }

    private static Map<String, FloatRows> inputs(Samples rows) {
        Map<String, FloatRows> inputs = new LinkedHashMap<>();
        for (FeatureTable table : rows.tables()) {
            inputs.put(table.modality().name(), new FloatRows(table.values(), rows.rows()));
        }
        return inputs;
    }
}
