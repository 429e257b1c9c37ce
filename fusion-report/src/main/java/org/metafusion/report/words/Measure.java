package org.metafusion.report.words;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.modality.Task;
import org.metafusion.report.words.Figures.Style;

/** A test metric by its name in the results, as tables show it. */
public enum Measure {
    ACCURACY("accuracy", "accuracy %", Style.PERCENT, true),
    BALANCED_ACCURACY("balancedAccuracy", "balanced acc. %", Style.PERCENT, true),
    MACRO_F1("macroF1", "macro F1 %", Style.PERCENT, true),
    WEIGHTED_F1("weightedF1", "weighted F1 %", Style.PERCENT, true),
    AUC("auc", "AUC %", Style.PERCENT, true),
    LOG_LOSS("logLoss", "log loss", Style.PLAIN, false),
    ECE("ece15", "ECE %", Style.PERCENT, false),
    BRIER("brier", "Brier", Style.PLAIN, false),
    R2("r2", "R2", Style.PLAIN, true),
    MSE("mse", "MSE", Style.PLAIN, false),
    RMSE("rmse", "RMSE", Style.PLAIN, false),
    MAE("mae", "MAE", Style.PLAIN, false),
    PEARSON("pearson", "Pearson", Style.PLAIN, true);

    private final String key;
    private final String label;
    private final Style style;
    private final boolean isMoreBetter;

    Measure(String key, String label, Style style, boolean isMoreBetter) {
        this.key = key;
        this.label = label;
        this.style = style;
        this.isMoreBetter = isMoreBetter;
    }

    /** Those that strategies are compared by. */
    public static List<Measure> compared(Task task) {
        return task instanceof Task.Classification
                ? List.of(ACCURACY, MACRO_F1, WEIGHTED_F1, AUC, LOG_LOSS, ECE)
                : List.of(R2, MSE, RMSE, MAE, PEARSON);
    }

    /** Those where there is room for few. */
    public static List<Measure> brief(Task task) {
        return task instanceof Task.Classification ? List.of(ACCURACY, MACRO_F1, LOG_LOSS) : List.of(R2, RMSE, PEARSON);
    }

    public static Optional<Measure> named(String key) {
        return Arrays.stream(values())
                .filter(measure -> measure.key.equals(key))
                .findFirst();
    }

    public String key() {
        return key;
    }

    /** Its heading; in percent if it says so. */
    public String label() {
        return label;
    }

    public Style style() {
        return style;
    }

    public boolean isMoreBetter() {
        return isMoreBetter;
    }
}
