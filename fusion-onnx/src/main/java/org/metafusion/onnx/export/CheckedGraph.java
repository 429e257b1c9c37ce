package org.metafusion.onnx.export;

import java.util.List;
import org.metafusion.ensemble.committee.Committee;

/**
 * A committee as an ONNX graph that was found to say what the model says.
 *
 * @param bytes of the ONNX file
 * @param inputs the modalities it takes, in the model's order
 * @param output the output compared
 * @param committee the graph's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CheckedGraph(byte[] bytes, List<String> inputs, String output, Committee committee, Parity parity) {}
