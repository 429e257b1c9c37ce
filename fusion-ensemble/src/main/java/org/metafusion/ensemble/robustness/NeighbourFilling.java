package org.metafusion.ensemble.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;
import org.metafusion.training.representation.Standardiser;

/**
 * Fills in a modality by the mean of the {@value #NEIGHBOURS} training rows that are nearest in the modalities that are
 * there and have the missing one. The distance is the squared one of standardised features, each modality divided by
 * its width so that a wide one does not decide alone. Labels are not looked at. Where no training row is comparable, the
 * training mean is filled in.
 */
public final class NeighbourFilling implements Filling {

    private static final int NEIGHBOURS = 10;

    private final Samples train;
    private final List<Standardiser> standardisers;
    private final List<float[]> standardised = new ArrayList<>();

    /**
     * From training rows.
     *
     * @param train with the modalities of the rows to come, in their order
     * @param standardisers the model's, one a modality
     */
    public NeighbourFilling(Samples train, List<Standardiser> standardisers) {
        this.train = train;
        this.standardisers = List.copyOf(standardisers);
        for (int m = 0; m < train.tables().size(); m++) {
            standardised.add(standardisers.get(m).apply(train.tables().get(m)));
        }
    }

    @Override
    public String label() {
        return "neighbour filling";
    }

    @Override
    public Samples fill(Samples rows) {
        int modalities = rows.tables().size();
        List<float[]> query = new ArrayList<>();
        List<float[]> filled = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            query.add(standardisers.get(m).apply(rows.tables().get(m)));
            filled.add(rows.tables().get(m).values().clone());
        }
        for (int row = 0; row < rows.rows(); row++) {
            BitSet available = rows.available(row);
            if (available.cardinality() < modalities) {
                double[] distances = distances(query, row, available);
                for (int m = available.nextClearBit(0); m < modalities; m = available.nextClearBit(m + 1)) {
                    fillRow(filled.get(m), row, m, nearest(distances, m));
                }
            }
        }
        return new Samples(
                rows.ids(),
                IntStream.range(0, modalities)
                        .mapToObj(
                                m -> FeatureTable.complete(rows.tables().get(m).modality(), rows.rows(), filled.get(m)))
                        .toList());
    }

    /** To each training row, over the modalities both have; infinite where they share none. */
    private double[] distances(List<float[]> query, int row, BitSet available) {
        double[] distances = new double[train.rows()];
        for (int other = 0; other < distances.length; other++) {
            double sum = 0;
            int shared = 0;
            for (int m = available.nextSetBit(0); m >= 0; m = available.nextSetBit(m + 1)) {
                if (train.tables().get(m).isPresent(other)) {
                    sum += distance(query.get(m), row, standardised.get(m), other, width(m));
                    shared++;
                }
            }
            distances[other] = shared == 0 ? Double.POSITIVE_INFINITY : sum / shared;
        }
        return distances;
    }

    private static double distance(float[] a, int rowOfA, float[] b, int rowOfB, int width) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            double difference = a[rowOfA * width + j] - b[rowOfB * width + j];
            sum += difference * difference;
        }
        return sum / width;
    }

    private int width(int modality) {
        return train.tables().get(modality).modality().width();
    }

    /** The nearest training rows that have a modality, the lower number first where equally far. */
    private int[] nearest(double[] distances, int modality) {
        return IntStream.range(0, distances.length)
                .filter(row -> train.tables().get(modality).isPresent(row) && Double.isFinite(distances[row]))
                .boxed()
                .sorted(Comparator.comparingDouble(row -> distances[row]))
                .limit(NEIGHBOURS)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void fillRow(float[] values, int row, int modality, int[] neighbours) {
        int width = width(modality);
        if (neighbours.length == 0) {
            System.arraycopy(standardisers.get(modality).mean(), 0, values, row * width, width);
            return;
        }
        double[] sum = new double[width];
        float[] known = new float[width];
        for (int neighbour : neighbours) {
            train.tables().get(modality).rowValues().copy(neighbour, 1, known, 0);
            for (int j = 0; j < width; j++) {
                sum[j] += known[j];
            }
        }
        Arrays.setAll(sum, j -> sum[j] / neighbours.length);
        for (int j = 0; j < width; j++) {
            values[row * width + j] = (float) sum[j];
        }
    }
}
