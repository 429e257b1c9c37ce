package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortPredictor;

/**
 * A fitted model: for each set of modalities that may be there a committee of students, which predicts class
 * probabilities or values. A missing modality is never filled in; the committee of those that are there answers.
 *
 * <p>Thread-safe. Close it to free the device; the backend it was given stays open unless it {@linkplain #owning owns} it.
 */
public final class FusionModel implements AutoCloseable {

    private final ModelContent content;
    private final CohortPredictor predictor;
    private final Routes routes;
    private final RowAnswers rows;
    private final Explainer explainer;
    private final LossGradients gradients;
    private final PredictionListener listener;
    private final Runnable release;
    private volatile boolean closed;

    /** The content on a backend, which must not be used by anything else while the model is open. */
    public FusionModel(ModelContent content, TensorBackend backend) {
        this(content, backend, PredictionListener.SILENT, () -> {});
    }

    private FusionModel(ModelContent content, TensorBackend backend, PredictionListener listener, Runnable release) {
        this.content = content;
        this.listener = listener;
        this.release = release;
        CohortLayout layout = content.layout(FusionOperators.standard());
        this.predictor = new CohortPredictor(backend, layout, content.preparation(), content.parameters());
        this.routes = new Routes(content);
        this.rows = new RowAnswers(content, layout, routes, backend.rowKernel());
        this.explainer = new Explainer(content, rows);
        this.gradients = new LossGradients(content, backend, routes);
    }

    /** The content on a backend of its own, which is closed with the model. */
    public static FusionModel owning(ModelContent content, TensorBackend backend, PredictionListener listener) {
        try {
            return new FusionModel(content, backend, listener, backend::close);
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    /** What the model consists of. */
    public ModelContent content() {
        return content;
    }

    /** The model as plain data, for a {@link org.metafusion.core.port.ModelStore}. */
    public StoredModel toStored() {
        return ModelArchive.standard().store(content);
    }

    /** What the model consists of, in words. */
    public ModelDescription describe() {
        return ModelDescription.of(content);
    }

    public Task task() {
        return content.cohort().task();
    }

    public List<Modality> modalities() {
        return content.cohort().modalities();
    }

    /**
     * Predicts one input from the modalities it has: on the calling thread, without the backend and without waiting for
     * other threads, whatever the backend is.
     *
     * @throws FusionException if it names an unknown modality, has a wrong width or a value that is not finite, or
     *     has no modality at all, or if its features are too far from the training's to be answered with a number
     */
    public Prediction predict(Sample sample) {
        long start = System.nanoTime();
        requireOpen();
        Prediction prediction = rows.predict(sample);
        listener.predicted(prediction.modalities(), 1);
        listener.answered(System.nanoTime() - start);
        return prediction;
    }

    /**
     * Why the model says what it says about one input: who was asked, what each member says alone, and how much each
     * modality that is there contributed. Asks about every set of these modalities, so it costs two to the power of their
     * number predictions.
     *
     * @throws FusionException as {@link #predict(Sample)}, or if more than ten modalities are there
     */
    public Explanation explain(Sample sample) {
        requireOpen();
        return explainer.explain(sample);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The model is closed; load it again");
        }
    }

    private void requireKnown(String name) {
        if (!routes.names().contains(name)) {
            throw routes.unknown(name);
        }
    }

    /**
     * Predicts rows, each from the modalities it has.
     *
     * @param samples any subset of the model's modalities, in any order, with their features in the model's order
     * @throws FusionException as {@link #predict(Sample)}, with the id of the row
     */
    public List<Prediction> predict(Samples samples) {
        long start = System.nanoTime();
        Samples ordered = aligned(samples);
        Prediction[] predictions = new Prediction[ordered.rows()];
        byAvailability(ordered).forEach((mask, rows) -> predict(mask, rows, ordered, predictions));
        listener.answered(System.nanoTime() - start);
        return List.of(predictions);
    }

    private void predict(BitSet mask, int[] selected, Samples ordered, Prediction[] predictions) {
        Routes.Route route = routes.of(mask, ordered.ids().get(selected[0]));
        boolean isAll = selected.length == ordered.rows();
        double[] values = values(route.committee(), isAll ? ordered : ordered.select(selected));
        int width = task().outputs();
        for (int i = 0; i < selected.length; i++) {
            double[] row = java.util.Arrays.copyOfRange(values, i * width, (i + 1) * width);
            Outputs.requireFinite(row, ordered.ids().get(selected[i]));
            predictions[selected[i]] = new Prediction(task(), row, route.present(), route.committee());
        }
        listener.predicted(route.present(), selected.length);
    }

    private double[] values(Committee committee, Samples rows) {
        int[] members = committee.members().clone();
        java.util.Arrays.sort(members);
        Members students = Members.of(members);
        float[][] outputs;
        synchronized (predictor) {
            requireOpen();
            outputs = predictor.predict(rows, students);
        }
        List<float[]> inOrder = new ArrayList<>();
        for (int member : committee.members()) {
            inOrder.add(outputs[students.indexOf(member)]);
        }
        return Outputs.readable(
                committee.combine(inOrder, task()),
                task(),
                content.preparation().targets());
    }

    /** Rows by the modalities they have, in the order of the first row of each kind. */
    private static Map<BitSet, int[]> byAvailability(Samples samples) {
        int rows = samples.rows();
        boolean isAlike = samples.tables().stream().allMatch(t -> t.missingCount() == 0 || t.missingCount() == rows);
        if (isAlike) {
            int[] all = java.util.stream.IntStream.range(0, rows).toArray();
            return rows == 0 ? Map.of() : Map.of(samples.available(0), all);
        }
        Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            groups.computeIfAbsent(samples.available(row), mask -> new ArrayList<>())
                    .add(row);
        }
        Map<BitSet, int[]> selections = new LinkedHashMap<>();
        groups.forEach((mask, group) ->
                selections.put(mask, group.stream().mapToInt(Integer::intValue).toArray()));
        return selections;
    }

    /**
     * The samples with exactly the model's modalities, in its order; those not given are missing throughout.
     *
     * @throws FusionException if one is unknown or has another width
     */
    public Samples aligned(Samples samples) {
        Map<String, FeatureTable> given = new LinkedHashMap<>();
        for (FeatureTable table : samples.tables()) {
            requireKnown(table.modality().name());
            given.put(table.modality().name(), table);
        }
        List<FeatureTable> tables = new ArrayList<>();
        for (Modality modality : modalities()) {
            FeatureTable table = given.get(modality.name());
            if (table != null && table.modality().width() != modality.width()) {
                throw new FusionException("Modality '" + modality.name() + "' takes " + modality.width()
                        + " features but got " + table.modality().width());
            }
            tables.add(table == null ? FeatureTable.absent(modality, samples.rows()) : table);
        }
        return new Samples(samples.ids(), tables);
    }

    /**
     * Test metrics by name, over all rows of {@code rows}.
     *
     * @throws FusionException if the task differs from the model's
     */
    public Map<String, Double> evaluate(MultimodalDataset rows) {
        return answer(rows).metrics();
    }

    /**
     * What the model says of labelled rows, beside what is true.
     *
     * @throws FusionException if the task differs from the model's
     */
    public AnsweredRows answer(MultimodalDataset rows) {
        if (!rows.task().equals(task())) {
            throw new FusionException("The model was fitted for " + ModelDescription.words(task()) + " but data set '"
                    + rows.name() + "' is for " + ModelDescription.words(rows.task()) + "; give it the same targets");
        }
        return AnsweredRows.of(predict(rows.samples()), rows.targets());
    }

    /**
     * The gradient of each row's loss (cross-entropy, or squared error) with respect to its standardised features, for
     * adversarial tests: {@code [rows, width]} a modality, zero where a row lacks it. Of a majority vote, which has none, it
     * is that of the members' mean; frozen representations that are not affine are taken as constant.
     *
     * @param rows aligned with the model
     */
    public List<float[]> lossGradients(MultimodalDataset rows) {
        List<Prediction> predicted = predict(rows.samples());
        synchronized (predictor) {
            requireOpen();
            return gradients.of(rows, predicted, byAvailability(rows.samples()));
        }
    }

    @Override
    public void close() {
        synchronized (predictor) {
            if (!closed) {
                closed = true;
                predictor.close();
                release.run();
            }
        }
    }
}
