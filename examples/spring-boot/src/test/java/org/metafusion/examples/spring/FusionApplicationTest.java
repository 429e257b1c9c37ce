package org.metafusion.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.live.LiveModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.prometheus.metrics.export.enabled=true")
class FusionApplicationTest {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private LiveModel model;

    @Test
    void predictsFromWhatIsThere() {
        int width = model.ask(m -> m.modalities().get(0).width());
        ResponseEntity<Map> answer = http.postForEntity("/predict", Map.of("x", new float[width]), Map.class);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getBody()).containsKeys("label", "confidence");
        assertThat((Iterable<?>) answer.getBody().get("modalities")).hasSize(1);
    }

    @Test
    void aWrongRequestIsToldWhatToMend() {
        ResponseEntity<Map> answer = http.postForEntity("/predict", Map.of("sound", new float[3]), Map.class);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody()).containsEntry("error", "The model has no modality 'sound'; it knows [x, z]");
    }

    @Test
    void metersAreThere() {
        predictsFromWhatIsThere();
        assertThat(http.getForObject("/actuator/prometheus", String.class))
                .contains("fusion_predictions_total{mask=\"x\"}");
    }
}
