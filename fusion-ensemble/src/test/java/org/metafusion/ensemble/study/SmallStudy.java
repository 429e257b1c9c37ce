package org.metafusion.ensemble.study;

import org.metafusion.core.modality.SplitDataset;
import org.metafusion.ensemble.Backends;
import org.metafusion.ensemble.config.FusionConfig;

/** Studies in their small size, on the CPU. */
public final class SmallStudy {

    /** Gives nothing. */
    public static final StudyData NO_DATA = new StudyData() {
        @Override
        public boolean isGiven() {
            return false;
        }

        @Override
        public SplitDataset given(StudyRun run) {
            throw new IllegalStateException("No data were given");
        }

        @Override
        public SplitDataset simulated(String name, long seed) {
            throw new IllegalStateException("No simulation '" + name + "' here");
        }

        @Override
        public SplitDataset simulated(String name, double extraNoise, long seed) {
            throw new IllegalStateException("No simulation '" + name + "' here");
        }
    };

    private SmallStudy() {}

    /** Its report over its own number of seeds, from 0. */
    public static StudyReport run(Study study, StudyData data) {
        FusionConfig config = new FusionConfig("cpu", 1, study.options(StudySize.SMALL));
        return study.run(new StudyContext(
                Backends.installed(),
                config,
                StudySize.SMALL,
                StudyContext.seeds(config, study.profile().seeds(StudySize.SMALL)),
                data,
                StudyProgress.SILENT));
    }
}
