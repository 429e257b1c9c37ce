package org.metafusion.examples.spring;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Sample;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /predict} with the features of any modalities, and {@code POST /reload} for another model. */
@RestController
class PredictController {

    private final LiveModel model;
    private final Supplier<FusionModel> models;

    PredictController(LiveModel model, Supplier<FusionModel> models) {
        this.model = model;
        this.models = models;
    }

    /** The answer. */
    record Answer(String label, double confidence, List<String> modalities) {}

    @PostMapping("/predict")
    Answer predict(@RequestBody Map<String, float[]> features) {
        Prediction prediction = model.predict(new Sample(features));
        return new Answer(prediction.label(), prediction.value(), prediction.modalities());
    }

    /**
     * Puts the model that is there now in service, if it passes the canary check, and says which generation it is. Let
     * only its keeper call this: behind your login, or on a port of your own.
     */
    @PostMapping("/reload")
    Map<String, Integer> reload() {
        return Map.of("generation", model.replace(models.get()));
    }

    /** Unknown modalities, wrong widths: one sentence that says what to mend. */
    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Map<String, String> refused(FusionException e) {
        return Map.of("error", e.getMessage());
    }
}
