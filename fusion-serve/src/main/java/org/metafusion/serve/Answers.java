package org.metafusion.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.live.LiveAnswer;
import org.metafusion.ensemble.model.Explanation;
import org.metafusion.ensemble.model.ModelDescription;
import org.metafusion.ensemble.model.Prediction;

/** Answers as JSON. */
final class Answers {

    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory
        }
        return bytes.toByteArray();
    }

    static byte[] error(String message) {
        return object(json -> json.writeStringField("error", message));
    }

    static byte[] status(String status, int generation) {
        return object(json -> {
            json.writeStringField("status", status);
            json.writeNumberField("generation", generation);
        });
    }

    static byte[] prediction(LiveAnswer<Prediction> said) {
        return object(json -> {
            write(json, said.answer());
            json.writeNumberField("generation", said.generation());
        });
    }

    static byte[] predictions(List<Query.Row> rows, LiveAnswer<List<Prediction>> said) {
        return object(json -> {
            json.writeArrayFieldStart("predictions");
            for (int i = 0; i < rows.size(); i++) {
                json.writeStartObject();
                json.writeStringField("id", rows.get(i).id());
                write(json, said.answer().get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("generation", said.generation());
        });
    }

    static byte[] explanation(LiveAnswer<Explanation> said) {
        Explanation explanation = said.answer();
        return object(json -> {
            write(json, explanation.prediction());
            json.writeObjectFieldStart("explanation");
            json.writeNumberField("base", explanation.base());
            json.writeObjectFieldStart("contributions");
            for (var contribution : explanation.contributions().entrySet()) {
                json.writeNumberField(contribution.getKey(), contribution.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("members");
            for (Explanation.Member member : explanation.members()) {
                json.writeStartObject();
                json.writeStringField("student", member.student());
                json.writeNumberField("weight", member.weight());
                values(json, explanation.prediction().task(), member.values());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeNumberField("generation", said.generation());
        });
    }

    private static void write(JsonGenerator json, Prediction prediction) throws IOException {
        if (prediction.task() instanceof Task.Classification) {
            json.writeStringField("label", prediction.label());
            json.writeNumberField("confidence", prediction.value());
        }
        values(json, prediction.task(), prediction.values());
        json.writeArrayFieldStart("modalities");
        for (String modality : prediction.modalities()) {
            json.writeString(modality);
        }
        json.writeEndArray();
    }

    private static void values(JsonGenerator json, Task task, double[] values) throws IOException {
        List<String> names = task.names();
        json.writeObjectFieldStart(task instanceof Task.Classification ? "probabilities" : "values");
        for (int i = 0; i < values.length; i++) {
            json.writeNumberField(names.get(i), values[i]);
        }
        json.writeEndObject();
    }

    static byte[] description(LiveAnswer<ModelDescription> said) {
        ModelDescription model = said.answer();
        return object(json -> {
            boolean classifies = model.task() instanceof Task.Classification;
            json.writeStringField("task", classifies ? "classification" : "regression");
            json.writeArrayFieldStart(classifies ? "classes" : "targets");
            for (String name : model.task().names()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("modalities");
            for (ModelDescription.Input input : model.modalities()) {
                json.writeNumberField(input.name(), input.width());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("features");
            for (ModelDescription.Input input : model.modalities()) {
                json.writeArrayFieldStart(input.name());
                for (String feature : input.features()) {
                    json.writeString(feature);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("students");
            for (ModelDescription.Student student : model.students()) {
                json.writeString(student.label());
            }
            json.writeEndArray();
            json.writeNumberField("generation", said.generation());
        });
    }
}
