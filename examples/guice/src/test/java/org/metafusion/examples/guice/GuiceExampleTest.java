package org.metafusion.examples.guice;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GuiceExampleTest {

    @Test
    void metersTellOfTheFitAndThePredictions() {
        String meters = GuiceExample.run();
        assertTrue(meters.contains("fusion_fit_seconds_count{backend=\"cpu\",task=\"classification\"} 1"), meters);
        assertTrue(meters.contains("fusion_predictions_total{mask=\"x+z\"} 150.0"), meters);
    }
}
