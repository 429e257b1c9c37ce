package org.metafusion.cli.content;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section.Best;
import org.metafusion.core.modality.Task;
import org.metafusion.report.words.Figures.Style;

/** A test metric by its name in the results, as tables show it. */
public enum Metric {
    ACCURACY("accuracy", "accuracy %", Style.PERCENT, Best.HIGHEST),
    BALANCED_ACCURACY("balancedAccuracy", "balanced acc. %", Style.PERCENT, Best.HIGHEST),
    MACRO_F1("macroF1", "macro F1 %", Style.PERCENT, Best.HIGHEST),
    WEIGHTED_F1("weightedF1", "weighted F1 %", Style.PERCENT, Best.HIGHEST),
    AUC("auc", "AUC %", Style.PERCENT, Best.HIGHEST),
    LOG_LOSS("logLoss", "log loss", Style.PLAIN, Best.LOWEST),
    ECE("ece15", "ECE %", Style.PERCENT, Best.LOWEST),
    BRIER("brier", "Brier", Style.PLAIN, Best.LOWEST),
    R2("r2", "R2", Style.PLAIN, Best.HIGHEST),
    MSE("mse", "MSE", Style.PLAIN, Best.LOWEST),
    RMSE("rmse", "RMSE", Style.PLAIN, Best.LOWEST),
    MAE("mae", "MAE", Style.PLAIN, Best.LOWEST),
    PEARSON("pearson", "Pearson", Style.PLAIN, Best.HIGHEST);

    private final String key;
    private final String label;
    private final Style style;
    private final Best best;

    Metric(String key, String label, Style style, Best best) {
        this.key = key;
        this.label = label;
        this.style = style;
        this.best = best;
    }

    /** Those that strategies are compared by. */
    static List<Metric> compared(Task task) {
        return task instanceof Task.Classification
                ? List.of(ACCURACY, MACRO_F1, WEIGHTED_F1, AUC, LOG_LOSS, ECE)
                : List.of(R2, MSE, RMSE, MAE, PEARSON);
    }

    /** Those where there is room for few. */
    static List<Metric> brief(Task task) {
        return task instanceof Task.Classification ? List.of(ACCURACY, MACRO_F1, LOG_LOSS) : List.of(R2, RMSE, PEARSON);
    }

    static Optional<Metric> named(String key) {
        return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
    }

    String key() {
        return key;
    }

    /** Its heading; in percent if it says so. */
    String label() {
        return label;
    }

    Best best() {
        return best;
    }

    Cell cell(double value) {
        return new Cell.Number(value, style);
    }

    Cell cell(List<Double> values) {
        return values.isEmpty() ? Cell.none() : new Cell.Spread(values, style);
    }
}
