package org.metafusion.onnx.encoder;

/** The name of a graph's output as a stored state can hold it: a number a character. */
final class OutputName {

    /** Its name in a stored state. */
    static final String KEY = "output";

    private OutputName() {}

    static float[] stored(String name) {
        float[] numbers = new float[name.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = name.charAt(i);
        }
        return numbers;
    }

    static String read(float[] numbers) {
        StringBuilder name = new StringBuilder();
        for (float number : numbers) {
            name.append((char) number);
        }
        return name.toString();
    }
}
