package org.metafusion.data.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.modality.Task;

final class PredictionsWriterTest {

    @TempDir
    Path dir;

    private Path written(Task task, List<String> ids, List<double[]> values) {
        Path file = dir.resolve("predictions.csv");
        new PredictionsWriter(task).write(file, ids, values);
        return file;
    }

    @Test
    void writesTheMostProbableClassAndAllProbabilities() {
        Task task = new Task.Classification(List.of("cat", "dog, wild", "\"eel\""));
        List<double[]> values = List.of(new double[] {0.1f, 0.7f, 0.2f}, new double[] {0.25, 0.25, 0.5});
        assertThat(written(task, List.of("a", "b"), values)).hasContent("""
                        id,prediction,p_cat,"p_dog, wild","p_""eel""\"
                        a,"dog, wild",0.1,0.7,0.2
                        b,""\"eel""\",0.25,0.25,0.5
                        """);
    }

    @Test
    void theFirstOfEqualsIsPredicted() {
        Task task = new Task.Classification(List.of("x", "y"));
        assertThat(written(task, List.of("a"), List.of(new double[] {0.5, 0.5})))
                .hasContent("id,prediction,p_x,p_y\na,x,0.5,0.5\n");
    }

    @Test
    void writesOneValueOrOneATarget() {
        assertThat(written(new Task.Regression(List.of("yield")), List.of("a"), List.of(new double[] {1.5})))
                .hasContent("id,prediction\na,1.5\n");
        assertThat(written(new Task.Regression(List.of("u", "v")), List.of("a"), List.of(new double[] {-1e-10, 3e20})))
                .hasContent("id,prediction_u,prediction_v\na,-1.0E-10,3.0E20\n");
    }

    @Test
    void noRowsMakeAHeader() {
        assertThat(written(new Task.Regression(List.of("yield")), List.of(), List.of()))
                .hasContent("id,prediction\n");
    }

    @Test
    void refusesWhatIsNoPrediction() {
        Task task = new Task.Classification(List.of("x", "y"));
        assertThatThrownBy(() -> written(task, List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 ids for 0 rows of predictions");
        assertThatThrownBy(() -> written(task, List.of("a"), List.of(new double[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Row 'a' has 1 values but the task has 2 outputs");
        assertThatThrownBy(() -> written(task, List.of("a"), List.of(new double[] {Double.NaN, 0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Row 'a' has the prediction NaN, which is not finite");
        assertThat(dir.resolve("predictions.csv")).doesNotExist();
    }
}
