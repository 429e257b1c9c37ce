package org.metafusion.examples.spring;

import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Sample;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.model.Prediction;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /predict} with the features of any modalities. */
@RestController
class PredictController {

    private final LiveModel model;

    PredictController(LiveModel model) {
        this.model = model;
    }

    /** The answer. */
    record Answer(String label, double confidence, List<String> modalities) {}

    @PostMapping("/predict")
    Answer predict(@RequestBody Map<String, float[]> features) {
        Prediction prediction = model.predict(new Sample(features));
        return new Answer(prediction.label(), prediction.value(), prediction.modalities());
    }

    /** Unknown modalities, wrong widths: one sentence that says what to mend. */
    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Map<String, String> refused(FusionException e) {
        return Map.of("error", e.getMessage());
    }
}
