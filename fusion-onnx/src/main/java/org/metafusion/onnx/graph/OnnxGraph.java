package org.metafusion.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.metafusion.core.FusionException;

/**
 * An ONNX graph under construction: inputs, weights, nodes and outputs, of opset {@value #OPSET}, which every runtime of the
 * last years reads. A node's operator is given by its name in the
 * <a href="https://onnx.ai/onnx/operators/">ONNX standard</a>; {@link GraphMath} has what is used often.
 *
 * <p>Matrices are {@code [rows, cols]} row-major, and rows of data are named {@code N}, so that a graph takes any number of
 * them. A weight is stored once, however often it is used.
 */
public final class OnnxGraph {

    /** The version of the operators. */
    public static final int OPSET = 13;

    /** The domain of the operators of learned models, such as trees. */
    private static final String LEARNED = "ai.onnx.ml";

    /** The version of those that came with the opset. */
    private static final int LEARNED_VERSION = 2;

    /** Of the file format; the one that came with the opset. */
    private static final int IR_VERSION = 7;

    /** A protobuf message holds less than 2^31 bytes; the rest is for all that is not weights. */
    private static final long MOST_WEIGHT_BYTES = Integer.MAX_VALUE - (64L << 20);

    private static final String ROWS = "N";

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Value> constants = new HashMap<>();
    private long weightBytes;
    private int nodes;
    private boolean hasLearned;

    /** The type of a tensor's elements. */
    public enum Type {
        FLOAT(TensorProto.DataType.FLOAT, Float.BYTES),
        DOUBLE(TensorProto.DataType.DOUBLE, Double.BYTES),
        INT64(TensorProto.DataType.INT64, Long.BYTES);

        private final TensorProto.DataType proto;
        private final int bytes;

        Type(TensorProto.DataType proto, int bytes) {
            this.proto = proto;
            this.bytes = bytes;
        }

        /** Its number in the standard, as attributes give it. */
        public long number() {
            return proto.getNumber();
        }
    }

    /** An input {@code [N, width]} of float32. */
    public Value input(String name, int width) {
        graph.addInput(rowsOf(claimed(name), width));
        return new Value(name);
    }

    /** Makes a value an output {@code [N, width]} of float32, under its own name. */
    public void output(String name, Value value, int width) {
        claimed(name);
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(rowsOf(name, width));
    }

    private static ValueInfoProto rowsOf(String name, int width) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(ROWS))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width));
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType((int) Type.FLOAT.number())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }

    private String claimed(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("The graph has two values named '" + name + "'");
        }
        return name;
    }

    /** A name for what nobody outside refers to: as wished, unless an input has it already. */
    private String free(String wished) {
        String name = wished;
        while (!names.add(name)) {
            name += "_";
        }
        return name;
    }

    /**
     * A weight of float32.
     *
     * @param name for people; changed where it is taken
     * @param shape its product is the number of values
     */
    public Value weight(String name, float[] values, int... shape) {
        ByteBuffer bytes = buffer(Type.FLOAT, values.length, name);
        bytes.asFloatBuffer().put(values);
        return stored(name, Type.FLOAT, bytes, shape);
    }

    /** A weight of float64. */
    public Value weight(String name, double[] values, int... shape) {
        ByteBuffer bytes = buffer(Type.DOUBLE, values.length, name);
        bytes.asDoubleBuffer().put(values);
        return stored(name, Type.DOUBLE, bytes, shape);
    }

    /** A number, float32; the same one however often it is asked for. */
    public Value constant(float number) {
        return constants.computeIfAbsent("float " + number, key -> weight("constant." + number, new float[] {number}));
    }

    /** A number, float64; the same one however often it is asked for. */
    public Value constant(double number) {
        return constants.computeIfAbsent(
                "double " + number, key -> weight("constant.double." + number, new double[] {number}));
    }

    /** Whole numbers, such as a shape, in a vector; the same one however often it is asked for. */
    public Value integers(long... numbers) {
        return constants.computeIfAbsent(Arrays.toString(numbers), key -> {
            String name = "integers." + constants.size();
            ByteBuffer bytes = buffer(Type.INT64, numbers.length, name);
            bytes.asLongBuffer().put(numbers);
            return stored(name, Type.INT64, bytes, numbers.length);
        });
    }

    private ByteBuffer buffer(Type type, int count, String name) {
        weightBytes += (long) count * type.bytes;
        if (weightBytes > MOST_WEIGHT_BYTES) {
            throw new FusionException("The ONNX graph would take more than the 2 GB that an ONNX file holds; '" + name
                    + "' is where it gets too large. Export a committee of fewer modalities, or fit smaller students");
        }
        return ByteBuffer.allocate(count * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Value stored(String name, Type type, ByteBuffer bytes, int... shape) {
        int[] extents = shape.length == 0 ? new int[] {bytes.capacity() / type.bytes} : shape;
        Value weight = new Value(free(name));
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(weight.name())
                .setDataType((int) type.number())
                .setRawData(ByteString.copyFrom(bytes.rewind()));
        long size = type.bytes;
        for (int extent : extents) {
            tensor.addDims(extent);
            size *= extent;
        }
        if (size != bytes.capacity()) {
            throw new IllegalArgumentException("Weight '" + name + "' of shape " + Arrays.toString(extents)
                    + " cannot have " + bytes.capacity() / type.bytes + " values");
        }
        graph.addInitializer(tensor);
        return weight;
    }

    /** What an operator without attributes makes of some values. */
    public Value node(String operator, Value... inputs) {
        return node(operator, Map.of(), inputs);
    }

    /**
     * What an operator makes of some values.
     *
     * @param attributes each a {@link Long}, a {@link Float}, or a list of longs, floats or strings
     */
    public Value node(String operator, Map<String, Object> attributes, Value... inputs) {
        return firstOf(1, operator, attributes, inputs);
    }

    /** As {@link #node(String, Map, Value...)}, for an operator of learned models ({@code ai.onnx.ml}), such as trees. */
    public Value learned(String operator, Map<String, Object> attributes, Value... inputs) {
        hasLearned = true;
        Value value = node(operator, attributes, inputs);
        graph.getNodeBuilder(graph.getNodeCount() - 1).setDomain(LEARNED);
        return value;
    }

    /** The first output of an operator that has so many. */
    public Value firstOf(int outputs, String operator, Map<String, Object> attributes, Value... inputs) {
        String name = free(operator + "." + nodes++);
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(name);
        for (int unused = 1; unused < outputs; unused++) {
            node.addOutput(free(name + "." + unused));
        }
        for (Value input : inputs) {
            node.addInput(input.name());
        }
        attributes.forEach((key, value) -> node.addAttribute(attribute(key, value)));
        graph.addNode(node);
        return new Value(name);
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long number) {
            attribute.setType(AttributeProto.AttributeType.INT).setI(number);
        } else if (value instanceof Float number) {
            attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
        } else if (value instanceof List<?> list) {
            addAll(attribute, list);
        } else {
            throw new IllegalArgumentException("Attribute '" + name + "' cannot be a " + value.getClass());
        }
        return attribute.build();
    }

    private static void addAll(AttributeProto.Builder attribute, List<?> list) {
        Object first = list.isEmpty() ? 0L : list.get(0);
        if (first instanceof String) {
            attribute.setType(AttributeProto.AttributeType.STRINGS);
            list.forEach(text -> attribute.addStrings(ByteString.copyFromUtf8((String) text)));
        } else if (first instanceof Float) {
            attribute.setType(AttributeProto.AttributeType.FLOATS);
            list.forEach(number -> attribute.addFloats((Float) number));
        } else {
            attribute.setType(AttributeProto.AttributeType.INTS);
            list.forEach(number -> attribute.addInts((Long) number));
        }
    }

    /**
     * The graph as an ONNX file's bytes.
     *
     * @param name of the graph
     * @param metadata key and value pairs that runtimes show
     */
    public byte[] bytes(String name, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("MetaFusion")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph.setName(name));
        if (hasLearned) {
            model.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(LEARNED).setVersion(LEARNED_VERSION));
        }
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }
}
