package org.metafusion.cuda;

import org.junit.jupiter.api.Test;
import org.metafusion.testkit.OptionalBackend;

/** A whole cohort trained on a graphics card; skipped without one. */
final class CudaCohortTest {

    @Test
    void learnsWhatTheCpuBackendLearns() {
        SmallTask.assertLearnedAsOnTheCpu(OptionalBackend.open(new CudaBackendProvider(), 0));
    }
}
