package org.metafusion.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;

/** Graphs of others, whose shapes are not ours. */
class OnnxSessionTest {

    private static ValueInfoProto value(String name, TensorProto.DataType type, long... extents) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long extent : extents) {
            shape.addDim(
                    extent < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("batch")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** {@code y = -x}. */
    private static byte[] negation(TensorProto.DataType type, long... extents) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("negation")
                .addInput(value("x", type, extents))
                .addOutput(value("y", type, extents))
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("x").addOutput("y"));
        return ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static FloatRows counting(int rows, int width) {
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return new FloatRows(values, rows);
    }

    private static void assertNegated(OnnxSession session, int rows, int width) {
        FloatRows x = counting(rows, width);
        FloatRows y = session.run(Map.of("x", x), "y");
        assertThat(y.rows()).isEqualTo(rows);
        assertThat(y.width()).isEqualTo(width);
        for (int i = 0; i < x.values().length; i++) {
            assertThat(y.values()[i]).isEqualTo(-x.values()[i]);
        }
    }

    @Test
    void anyNumberOfRowsOfSeveralExtents() {
        try (OnnxSession session = OnnxSession.of("negation", negation(TensorProto.DataType.FLOAT, -1, 2, 3))) {
            assertThat(session.inputs().get("x")).hasToString("[-1, 2, 3]");
            assertNegated(session, 1, 6);
            assertNegated(session, 600, 6);
        }
    }

    @Test
    void aGraphOfAFixedNumberOfRowsGetsThatMany() {
        try (OnnxSession session = OnnxSession.of("negation", negation(TensorProto.DataType.FLOAT, 3, 4))) {
            assertNegated(session, 1, 4);
            assertNegated(session, 3, 4);
            assertNegated(session, 7, 4);
        }
    }

    @Test
    void onlyFloatsAreRows() {
        try (OnnxSession session = OnnxSession.of("negation", negation(TensorProto.DataType.DOUBLE, -1, 4))) {
            assertThat(session.inputNames()).containsExactly("x");
            assertThat(session.inputs()).isEmpty();
            assertThatThrownBy(() -> session.run(Map.of("x", counting(1, 4)), "y"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("negation has no float32 input 'x', only []");
        }
    }

    @Test
    void rowsThatDoNotFitAreAnErrorThatNamesTheGraph() {
        try (OnnxSession session = OnnxSession.of("negation", negation(TensorProto.DataType.FLOAT, -1, 4))) {
            assertThatThrownBy(() -> session.run(Map.of("x", counting(2, 3)), "y"))
                    .isInstanceOf(FusionException.class)
                    .hasMessageStartingWith("ONNX Runtime cannot run negation: ");
        }
    }

    @Test
    void aWidthIsTheProductOfAllExtentsButTheFirst() {
        assertThat(new TensorShape(-1, 3, 4).width()).isEqualTo(12);
        assertThat(new TensorShape(-1, 3, 4).hasWidth()).isTrue();
        assertThat(new TensorShape(-1, 3, -1).hasWidth()).isFalse();
        assertThat(new TensorShape(5).hasWidth()).isFalse();
    }
}
