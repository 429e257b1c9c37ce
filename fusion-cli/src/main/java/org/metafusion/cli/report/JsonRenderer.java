package org.metafusion.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One JSON document for machines, written when all is said: an object with {@code command} and a member a section.
 * Facts are an object, a table is an array of objects, lines are an array of strings. Numbers are not rounded; what
 * could not be measured is null.
 */
public final class JsonRenderer implements Renderer {

    private final PrintStream out;
    private final String command;
    private final List<Section> sections = new ArrayList<>();

    public JsonRenderer(PrintStream out, String command) {
        this.out = out;
        this.command = command;
    }

    @Override
    public void section(Section section) {
        sections.add(section);
    }

    @Override
    public void finish() {
        try {
            JsonGenerator json = new JsonFactory().createGenerator(out);
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeStringField("command", command);
            for (Section section : sections) {
                write(json, section);
            }
            json.writeEndObject();
            json.flush();
            out.print("\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonGenerator json, Section section) throws IOException {
        if (section instanceof Section.Facts facts) {
            facts(json, facts);
        } else if (section instanceof Section.Table table) {
            table(json, table);
        } else if (section instanceof Section.Said said) {
            write(json, said.machine());
        } else if (section instanceof Section.Group group) {
            json.writeObjectFieldStart(group.key());
            for (Section part : group.sections()) {
                write(json, part);
            }
            json.writeEndObject();
        } else if (section instanceof Section.Lines lines) {
            json.writeArrayFieldStart(lines.key());
            for (String line : lines.lines()) {
                json.writeString(line);
            }
            json.writeEndArray();
        }
    }

    private static void facts(JsonGenerator json, Section.Facts facts) throws IOException {
        if (!facts.key().isEmpty()) {
            json.writeObjectFieldStart(facts.key());
        }
        for (Section.Fact fact : facts.facts()) {
            json.writeFieldName(fact.key());
            value(json, fact.value());
        }
        if (!facts.key().isEmpty()) {
            json.writeEndObject();
        }
    }

    private static void table(JsonGenerator json, Section.Table table) throws IOException {
        json.writeArrayFieldStart(table.key());
        for (List<Cell> row : table.rows()) {
            json.writeStartObject();
            for (int c = 0; c < row.size(); c++) {
                json.writeFieldName(table.columns().get(c).key());
                value(json, row.get(c));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void value(JsonGenerator json, Cell cell) throws IOException {
        if (cell instanceof Cell.Text text) {
            json.writeString(text.text());
        } else if (cell instanceof Cell.Noted noted) {
            json.writeString(noted.words());
        } else if (cell instanceof Cell.Words words) {
            json.writeStartArray();
            for (String word : words.words()) {
                json.writeString(word);
            }
            json.writeEndArray();
        } else if (cell instanceof Cell.Count count) {
            json.writeNumber(count.count());
        } else if (cell instanceof Cell.Mark mark) {
            json.writeBoolean(mark.set());
        } else if (cell instanceof Cell.Answer answer) {
            json.writeBoolean(answer.yes());
        } else if (cell instanceof Cell.Number number) {
            number(json, number.value());
        } else if (cell instanceof Cell.Spread spread) {
            spread(json, spread);
        } else {
            json.writeNull();
        }
    }

    private static void spread(JsonGenerator json, Cell.Spread spread) throws IOException {
        json.writeStartObject();
        json.writeFieldName("mean");
        number(json, spread.mean());
        json.writeFieldName("std");
        number(json, spread.deviation());
        json.writeArrayFieldStart("values");
        for (double value : spread.values()) {
            number(json, value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
