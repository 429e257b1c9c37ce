package org.metafusion.ensemble.robustness;

import java.util.List;

/**
 * How a score falls as inputs are disturbed.
 *
 * @param disturbance its name
 * @param modality the one that is disturbed, or {@link #nameOfAll}
 * @param isOfAll whether every modality is disturbed
 * @param points by ascending level, the first at 0
 */
public record RobustnessCurve(String disturbance, String modality, boolean isOfAll, List<Point> points) {

    public RobustnessCurve {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException("A robustness curve needs two levels or more but got " + points.size());
        }
    }

    /** What {@link #modality} is when every modality is disturbed: {@code all}, or longer where a modality is called so. */
    public static String nameOfAll(List<String> modalities) {
        String name = "all";
        while (modalities.contains(name)) {
            name += name.equals("all") ? " modalities" : " together";
        }
        return name;
    }

    /**
     * A point.
     *
     * @param score of the model
     * @param late that of late fusion, the mean of the model's committees of single modalities
     */
    public record Point(double level, double score, double late) {}

    /** Relative robustness: the area under the score against the level, over the range of levels; so the mean score. */
    public double relative() {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            area += (points.get(i).level() - points.get(i - 1).level())
                    * (points.get(i).score() + points.get(i - 1).score())
                    / 2;
        }
        return area / range();
    }

    /** Effective robustness: the area above late fusion's own curve, over the range of levels; so the mean lead. */
    public double effective() {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            area += (points.get(i).level() - points.get(i - 1).level()) * (lead(i) + lead(i - 1)) / 2;
        }
        return area / range();
    }

    private double lead(int point) {
        return points.get(point).score() - points.get(point).late();
    }

    private double range() {
        return points.get(points.size() - 1).level() - points.get(0).level();
    }

    /** The score without disturbance less that at the highest level. */
    public double fall() {
        return points.get(0).score() - points.get(points.size() - 1).score();
    }
}
