package org.metafusion.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.data.folder.SideTable;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.fit.RowFolds;

/** How the rows of a data set are divided in each run of a comparison. */
interface SplitPlan {

    /** How many ways there are; run {@code i} is divided in way {@code i % ways}. */
    int ways();

    /** What the division of a run is called. */
    String name(int run);

    SplitDataset split(int run);

    /** The data set's own split in every run. */
    static SplitPlan own(SplitDataset data, GivenData given) {
        if (data.test().rows() == 0) {
            throw new FusionException("Data set '" + data.test().name()
                    + "' has no test rows to compare on; mark some in " + given.splitColumn() + " or give --splits");
        }
        return new SplitPlan() {
            @Override
            public int ways() {
                return 1;
            }

            @Override
            public String name(int run) {
                return "split of " + given.splitFile();
            }

            @Override
            public SplitDataset split(int run) {
                return data;
            }
        };
    }

    /** Data simulated anew for each run, with seeds counted up from {@code seed}. */
    static SplitPlan simulated(MetaFusionSimulation simulation, long seed) {
        return new SplitPlan() {
            @Override
            public int ways() {
                return Integer.MAX_VALUE;
            }

            @Override
            public String name(int run) {
                return "simulation " + simulation.name() + ", seed " + (seed + run);
            }

            @Override
            public SplitDataset split(int run) {
                return simulation.generate(seed + run);
            }
        };
    }

    /**
     * Repeated cross-validation: run {@code r folds + f} tests on fold {@code f} of the folds dealt in repeat {@code r}.
     *
     * @param rows dealt by groups where they have some, else stratified
     */
    static SplitPlan crossValidated(MultimodalDataset rows, int folds, int repeats, long seed) {
        int[][] foldOf = new int[repeats][];
        for (int repeat = 0; repeat < repeats; repeat++) {
            foldOf[repeat] = RowFolds.of(rows, folds, seed + repeat);
        }
        return new SplitPlan() {
            @Override
            public int ways() {
                return folds * repeats;
            }

            @Override
            public String name(int run) {
                String fold = "fold " + (run % folds + 1);
                return repeats == 1 ? fold : fold + " of repeat " + (run / folds + 1);
            }

            @Override
            public SplitDataset split(int run) {
                int[] dealt = foldOf[run / folds];
                boolean[] test = new boolean[dealt.length];
                for (int row = 0; row < dealt.length; row++) {
                    test[row] = dealt[row] == run % folds;
                }
                return divided(rows, test, "Cross-validation");
            }
        };
    }

    /** By a file with a column {@code fold}, or with columns of {@code train} and {@code test}. */
    static SplitPlan of(SideTable file, MultimodalDataset rows) {
        return file.columns().contains(Folds.COLUMN) ? new Folds(file, rows) : Columns.of(file, rows);
    }

    private static SplitDataset divided(MultimodalDataset rows, boolean[] test, String where) {
        int[] train = IntStream.range(0, test.length).filter(i -> !test[i]).toArray();
        int[] held = IntStream.range(0, test.length).filter(i -> test[i]).toArray();
        if (train.length == 0 || held.length == 0) {
            throw new FusionException(where + " leaves " + train.length + " train rows and " + held.length
                    + " test rows; there must be some of each");
        }
        return new SplitDataset(rows.select(train), rows.select(held));
    }

    /** A column a run, of {@code train} and {@code test}. */
    record Columns(SideTable file, List<String> names, MultimodalDataset rows) implements SplitPlan {

        static Columns of(SideTable file, MultimodalDataset rows) {
            List<String> ids = rows.samples().ids();
            List<String> names = file.columns().stream()
                    .filter(column -> file.values(column, ids).stream().anyMatch(Columns::isPart))
                    .toList();
            if (names.isEmpty()) {
                throw new FusionException(file.path() + " has neither a column 'fold' nor one of train and test; give"
                        + " one of these, such as id,seed0,seed1");
            }
            return new Columns(file, names, rows);
        }

        private static boolean isPart(String value) {
            return value.equals("train") || value.equals("test");
        }

        @Override
        public int ways() {
            return names.size();
        }

        @Override
        public String name(int run) {
            return names.get(run % ways());
        }

        @Override
        public SplitDataset split(int run) {
            String column = name(run);
            List<String> ids = rows.samples().ids();
            List<String> values = file.values(column, ids);
            boolean[] test = new boolean[ids.size()];
            for (int i = 0; i < test.length; i++) {
                if (!isPart(values.get(i))) {
                    throw file.error(ids.get(i), column, "must be train or test but is '" + values.get(i) + "'");
                }
                test[i] = values.get(i).equals("test");
            }
            return divided(rows, test, "Column '" + column + "' of " + file.path());
        }
    }

    /** A column {@code fold}: in each run the rows of another fold are test rows. */
    record Folds(SideTable file, MultimodalDataset rows, List<String> folds) implements SplitPlan {

        static final String COLUMN = "fold";

        Folds(SideTable file, MultimodalDataset rows) {
            this(file, rows, distinct(file.values(COLUMN, rows.samples().ids())));
        }

        /** By number where they are numbers: shorter ones first. */
        private static List<String> distinct(List<String> values) {
            return values.stream()
                    .distinct()
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .toList();
        }

        @Override
        public int ways() {
            return folds.size();
        }

        @Override
        public String name(int run) {
            return "fold " + folds.get(run % ways());
        }

        @Override
        public SplitDataset split(int run) {
            String fold = folds.get(run % ways());
            List<String> values =
                    new ArrayList<>(file.values(COLUMN, rows.samples().ids()));
            boolean[] test = new boolean[values.size()];
            for (int i = 0; i < test.length; i++) {
                test[i] = values.get(i).equals(fold);
            }
            return divided(rows, test, "Fold " + fold + " of " + file.path());
        }
    }
}
