package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.folder.ReadOptions;
import org.metafusion.data.folder.SideTable;
import org.metafusion.data.simulation.DominantModality;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.study.StudyData;
import org.metafusion.ensemble.study.StudyRun;

/**
 * Data for studies: a data set if one is named, and the simulations.
 *
 * @param plan how the data set's rows are divided in each run; empty where none is named
 */
record CommandData(Optional<SplitPlan> plan) implements StudyData {

    /** With the splits of a file in place of that of {@code labels.csv}, where one is named. */
    static CommandData of(Optional<GivenData> data, Optional<Path> splits) {
        return new CommandData(data.map(given -> plan(given, splits)));
    }

    private static SplitPlan plan(GivenData given, Optional<Path> splits) {
        ReadOptions reading = ReadOptions.defaults();
        FolderData folder = given.read(splits.isPresent() ? reading.ignoringSplit() : reading);
        MultimodalDataset all = folder.dataset().train();
        return splits.map(file -> SplitPlan.of(SideTable.read(file), all))
                .orElseGet(() -> SplitPlan.own(folder.dataset(), given));
    }

    @Override
    public boolean isGiven() {
        return plan.isPresent();
    }

    @Override
    public SplitDataset given(StudyRun run) {
        return plan.orElseThrow(() -> new IllegalStateException("No data were given"))
                .split(run.number());
    }

    @Override
    public SplitDataset simulated(String name, long seed) {
        return name.equals(DominantModality.NAME)
                ? DominantModality.standard().generate(2400, 600, seed)
                : MetaFusionSimulation.named(name).generate(seed);
    }

    @Override
    public SplitDataset simulated(String name, double extraNoise, long seed) {
        return MetaFusionSimulation.named(name).withExtraNoise(extraNoise).generate(seed);
    }
}
