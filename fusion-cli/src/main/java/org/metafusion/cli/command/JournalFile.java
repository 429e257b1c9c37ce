package org.metafusion.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.search.Score;
import org.metafusion.ensemble.search.SearchJournal;

/**
 * The scores of a search in a file of JSON lines: the first says which search it is, each other one is a score. A line that
 * was cut short when the process ended is left out.
 */
final class JournalFile implements SearchJournal {

    private record Place(int trial, int fold) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<Place, Score> known = new LinkedHashMap<>();

    private JournalFile(Path file) {
        this.file = file;
    }

    /**
     * Opens the journal, or begins it.
     *
     * @param search what has to be the same for scores to be comparable: data, configuration, space, folds, seed
     * @throws FusionException if the file cannot be read or written, or is of another search
     */
    static JournalFile open(Path file, Map<String, String> search) {
        JournalFile journal = new JournalFile(file);
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                journal.read(Files.readAllLines(file), new TreeMap<>(search));
            } else {
                journal.append(JSON.valueToTree(new TreeMap<>(search)));
            }
        } catch (IOException e) {
            throw new FusionException(
                    "Journal " + file + " cannot be read: " + e.getMessage() + "; give another --journal", e);
        }
        return journal;
    }

    /** The number of scores it had. */
    int size() {
        return known.size();
    }

    private void read(List<String> lines, Map<String, String> search) throws IOException {
        JsonNode head = parsed(lines.get(0))
                .orElseThrow(() -> new FusionException(
                        "Journal " + file + " does not begin as a journal of a search does; give another --journal"));
        for (Map.Entry<String, String> entry : search.entrySet()) {
            String found = head.path(entry.getKey()).asText();
            if (!found.equals(entry.getValue())) {
                throw new FusionException("Journal " + file + " is of a search with other " + entry.getKey()
                        + "; search as before, or give another --journal");
            }
        }
        for (String line : lines.subList(1, lines.size())) {
            parsed(line).ifPresent(this::remember);
        }
    }

    private static Optional<JsonNode> parsed(String line) {
        try {
            return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private void remember(JsonNode line) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        line.path("metrics")
                .fields()
                .forEachRemaining(
                        metric -> metrics.put(metric.getKey(), metric.getValue().asDouble(Double.NaN)));
        Score score = new Score(
                line.path("trial").asInt(),
                line.path("fold").asInt(),
                metrics,
                line.path("seconds").asDouble());
        known.put(new Place(score.trial(), score.fold()), score);
    }

    @Override
    public Optional<Score> find(int trial, int fold) {
        return Optional.ofNullable(known.get(new Place(trial, fold)));
    }

    @Override
    public void add(Score score) {
        known.put(new Place(score.trial(), score.fold()), score);
        ObjectNode line = JSON.createObjectNode();
        line.put("trial", score.trial()).put("fold", score.fold()).put("seconds", score.seconds());
        ObjectNode metrics = line.putObject("metrics");
        score.metrics().forEach(metrics::put);
        append(line);
    }

    private void append(JsonNode line) {
        try {
            boolean isCut = Files.exists(file) && Files.size(file) > 0 && !endsALine();
            Files.writeString(
                    file,
                    (isCut ? "\n" : "") + JSON.writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new FusionException(
                    "Journal " + file + " cannot be written: " + e.getMessage() + "; give another --journal", e);
        }
    }

    private boolean endsALine() throws IOException {
        try (java.io.RandomAccessFile end = new java.io.RandomAccessFile(file.toFile(), "r")) {
            end.seek(end.length() - 1);
            return end.read() == '\n';
        }
    }
}
