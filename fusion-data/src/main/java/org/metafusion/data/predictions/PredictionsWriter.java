package org.metafusion.data.predictions;

import com.fasterxml.jackson.core.io.NumberOutput;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.metafusion.core.modality.Task;
import org.metafusion.data.file.AtomicFile;

/**
 * Writes predictions as CSV, UTF-8, a line a row.
 *
 * <ul>
 *   <li>Classification: {@code id,prediction}, and {@code p_<class>} with the probability of each class in the task's
 *       order. The prediction is the most probable class, the first of equals.
 *   <li>Regression on one target: {@code id,prediction}. On several: {@code id}, and {@code prediction_<target>} each.
 * </ul>
 *
 * <p>Numbers are the shortest decimals that read back as the same float32. The file is replaced in one step.
 */
public final class PredictionsWriter {

    private final Task task;

    public PredictionsWriter(Task task) {
        this.task = task;
    }

    /**
     * Writes a file.
     *
     * @param ids one a row
     * @param values for each row class probabilities, or predicted values, as many as the task has outputs
     * @throws org.metafusion.core.FusionException if the file cannot be written
     */
    public void write(Path file, List<String> ids, List<double[]> values) {
        new AtomicFile(file).write(out -> write(out, ids, values));
    }

    /** Writes to a stream, which stays open. */
    public void write(OutputStream out, List<String> ids, List<double[]> values) throws IOException {
        if (ids.size() != values.size()) {
            throw new IllegalArgumentException(ids.size() + " ids for " + values.size() + " rows of predictions");
        }
        write(out, sheet -> sheet.add(ids, values));
    }

    /** Writes a file of predictions that come block by block. */
    public void write(Path file, Consumer<Sheet> content) {
        new AtomicFile(file).write(out -> write(out, content));
    }

    /** Writes predictions that come block by block to a stream, which stays open. */
    public void write(OutputStream out, Consumer<Sheet> content) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        try {
            csv.writeRecord(header());
            content.accept((ids, values) -> {
                for (int row = 0; row < values.size(); row++) {
                    csv.writeRecord(cells(ids.get(row), values.get(row)));
                }
            });
            csv.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        text.flush();
    }

    /** Takes predictions in the order in which they are written. */
    public interface Sheet {

        /** The ids of some rows, and for each what the task has outputs for. */
        void add(List<String> ids, List<double[]> values);
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("id"));
        if (task instanceof Task.Classification classification) {
            header.add("prediction");
            classification.classes().forEach(name -> header.add("p_" + name));
        } else if (task instanceof Task.Regression regression) {
            boolean single = regression.outputs() == 1;
            regression.targets().forEach(name -> header.add(single ? "prediction" : "prediction_" + name));
        }
        return header;
    }

    private List<String> cells(String id, double[] values) {
        if (values.length != task.outputs()) {
            throw new IllegalArgumentException("Row '" + id + "' has " + values.length + " values but the task has "
                    + task.outputs() + " outputs");
        }
        List<String> cells = new ArrayList<>(values.length + 2);
        cells.add(id);
        if (task instanceof Task.Classification classification) {
            cells.add(classification.classes().get(mostProbable(values)));
        }
        for (double value : values) {
            cells.add(decimal(id, value));
        }
        return cells;
    }

    private static int mostProbable(double[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }

    /** Java's own writer gives longer decimals than it must before version 19. */
    private static String decimal(String id, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "Row '" + id + "' has the prediction " + value + ", which is not finite");
        }
        return NumberOutput.toString((float) value, true);
    }
}
