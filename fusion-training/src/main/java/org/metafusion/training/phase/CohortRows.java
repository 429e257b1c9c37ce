package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.PreparedRows;

/**
 * The rows of a cohort, prepared and on the device.
 *
 * @param validation one a fold
 * @param judgedRows the rows of all folds together
 */
record CohortRows(DeviceRows train, List<ValidationRows> validation, int judgedRows) {

    static CohortRows load(
            TensorBackend backend, TensorArena arena, CohortLayout layout, Preparation preparation, TrainingRows rows) {
        Loader loader = new Loader(backend, arena, layout, preparation);
        DeviceRows train = loader.learned(rows, layout.everyone());
        List<ValidationRows> validation = new ArrayList<>();
        for (int fold = 0; fold < rows.folds(); fold++) {
            int[] judging = rows.judging(fold);
            if (judging.length > 0) {
                Members copies = layout.ofFold(fold, layout.everyone());
                DeviceRows judged = loader.judged(rows.validation().select(judging), copies);
                validation.add(new ValidationRows(judged, fold, judging));
            }
        }
        return new CohortRows(train, validation, rows.validation().rows());
    }

    private record Loader(TensorBackend backend, TensorArena arena, CohortLayout layout, Preparation preparation) {

        DeviceRows learned(TrainingRows rows, Members copies) {
            PreparedRows prepared = preparation.applyToLearned(rows, layout.inputs(copies));
            return upload(prepared, rows.train(), copies, rows.hiddenFrom());
        }

        DeviceRows judged(MultimodalDataset rows, Members copies) {
            return upload(preparation.apply(rows.samples(), layout.inputs(copies)), rows, copies, new int[0]);
        }

        private DeviceRows upload(PreparedRows prepared, MultimodalDataset rows, Members copies, int[] hiddenFrom) {
            return DeviceRows.upload(
                    backend,
                    arena,
                    prepared,
                    preparation.targets().scale(rows.targets()),
                    new Sight(layout, copies, prepared, hiddenFrom));
        }
    }
}
