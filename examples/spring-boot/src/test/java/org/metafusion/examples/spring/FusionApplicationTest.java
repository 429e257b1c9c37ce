package org.metafusion.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.live.LiveModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
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
    void anotherModelIsPutInServiceWhileTheApplicationRuns() {
        int before = model.generation();
        ResponseEntity<Map> answer = http.postForEntity("/reload", null, Map.class);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getBody()).containsEntry("generation", before + 1);
        assertThat(model.generation()).isEqualTo(before + 1);
        predictsFromWhatIsThere();
    }

    @Test
    void whatTheSystemSaysBesideSettingsDoesNotStopTheStart() {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("FUSION_TRAINING_BATCH_SIZE", "32", "FUSION_ADMIN_TOKEN", "secret")));
        sources.replace(
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                new MapPropertySource(
                        StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                        Map.of("fusion.cpu.products", "plain")));
        sources.addLast(new MapPropertySource(
                "application.properties",
                Map.of(
                        "fusion.training.batch-size", "64",
                        "fusion.training.epochs", "20",
                        "fusion.cohort.representations.x", "[raw]",
                        "server.port", "80")));

        Map<String, String> settings = FusionApplication.settings(environment);

        assertThat(settings)
                .containsOnly(
                        Map.entry("fusion.training.batch-size", "32"), // The environment outranks the file.
                        Map.entry("fusion.training.epochs", "20"),
                        Map.entry("fusion.cohort.representations.x", "[raw]"));
        assertThat(FusionConfig.defaults().with(settings).options().training().batchSize())
                .isEqualTo(32);
    }

    @Test
    void metersAreThere() {
        predictsFromWhatIsThere();
        assertThat(http.getForObject("/actuator/prometheus", String.class))
                .contains("fusion_predictions_total{mask=\"x\"}");
    }
}
