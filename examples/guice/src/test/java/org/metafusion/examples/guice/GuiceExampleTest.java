package org.metafusion.examples.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GuiceExampleTest {

    @Test
    void whatTheSystemSaysOutranksTheApplication() {
        assertEquals(20, epochs());
        System.setProperty("fusion.training.epochs", "3");
        try {
            assertEquals(3, epochs());
        } finally {
            System.clearProperty("fusion.training.epochs");
        }
    }

    private static int epochs() {
        return GuiceExample.Application.config().options().training().epochs();
    }

    @Test
    void metersTellOfTheFitAndThePredictions() {
        String meters = GuiceExample.run();
        assertTrue(meters.contains("fusion_fit_seconds_count{backend=\"cpu\",task=\"classification\"} 1"), meters);
        assertTrue(meters.contains("fusion_predictions_total{mask=\"x+z\"} 150.0"), meters);
    }
}
