package org.metafusion.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Assumptions;

/** One reference case: a name, the inputs and the outputs an independent implementation computed from them. */
public final class OracleCase {

    private final String subject;
    private final String name;
    private final JsonNode node;
    private final String absence;

    private OracleCase(String subject, String name, JsonNode node, String absence) {
        this.subject = subject;
        this.name = name;
        this.node = node;
        this.absence = absence;
    }

    static OracleCase parsed(String subject, JsonNode node) {
        return new OracleCase(subject, node.path("name").asText("unnamed"), node, "");
    }

    static OracleCase absent(String reason) {
        return new OracleCase("", "no oracle folder", MissingNode.getInstance(), reason);
    }

    public String name() {
        return name;
    }

    /** Whether this stands for a missing oracle folder; every use of its values aborts the test. */
    public boolean isAbsent() {
        return !absence.isEmpty();
    }

    /** Input {@code key}. @throws IllegalArgumentException if there is none, naming the keys there are */
    public OracleValue in(String key) {
        return part("in").at(key);
    }

    /** Output {@code key}. @throws IllegalArgumentException if there is none, naming the keys there are */
    public OracleValue out(String key) {
        return part("out").at(key);
    }

    public boolean hasIn(String key) {
        return part("in").has(key);
    }

    public boolean hasOut(String key) {
        return part("out").has(key);
    }

    private OracleValue part(String part) {
        if (isAbsent()) {
            Assumptions.abort(absence);
        }
        return new OracleValue(subject + " '" + name + "' " + part, node.path(part));
    }

    /** The name, so that a parameterised test shows it. */
    @Override
    public String toString() {
        return name;
    }
}
