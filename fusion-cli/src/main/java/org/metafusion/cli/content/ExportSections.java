package org.metafusion.cli.content;

import java.nio.file.Path;
import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.ensemble.model.ReadableWeights;
import org.metafusion.onnx.export.CheckedGraph;

/** What was exported. */
public final class ExportSections {

    private ExportSections() {}

    /** @param real whether the rows compared are the user's */
    public static Section graph(Path file, CheckedGraph graph, boolean real) {
        return new Section.Facts(
                "",
                "ONNX graph",
                List.of(
                        new Fact("output", "written to", Cell.of(file.toString())),
                        new Fact("bytes", "bytes", Cell.of(graph.bytes().length)),
                        new Fact("inputs", "inputs", new Cell.Words(graph.inputs(), ", ")),
                        new Fact("predictions", "predictions", Cell.of(graph.output())),
                        new Fact(
                                "students",
                                "students",
                                Cell.of(graph.committee().members().length)),
                        new Fact(
                                real ? "rows" : "randomRows",
                                real ? "rows compared" : "random rows compared",
                                Cell.of(graph.parity().rows())),
                        new Fact(
                                "largestDifference",
                                "largest difference from the model",
                                Cell.of(graph.parity().largest()))));
    }

    /** The weights of a model. */
    public static Section weights(Path file, ReadableWeights weights, long bytes) {
        return new Section.Facts(
                "",
                "Weights",
                List.of(
                        new Fact("output", "written to", Cell.of(file.toString())),
                        new Fact("bytes", "bytes", Cell.of(bytes)),
                        new Fact("tensors", "tensors", Cell.of(weights.tensors().size()))));
    }
}
