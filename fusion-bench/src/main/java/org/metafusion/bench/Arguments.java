package org.metafusion.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Options of a command line: {@code --name value}, or {@code --name} alone for a switch. */
final class Arguments {

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Reads a command line.
     *
     * @param defaults the options there are, with their values where they are not given; a switch is {@code false}
     * @throws IllegalArgumentException if an option is not known or lacks its value
     */
    Arguments(String[] words, Map<String, String> defaults) {
        values.putAll(defaults);
        Set<String> known = defaults.keySet();
        for (int i = 0; i < words.length; i++) {
            String name = words[i].startsWith("--") ? words[i].substring(2) : "";
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "Unknown option '" + words[i] + "'; known are --" + String.join(", --", known));
            }
            if ("false".equals(defaults.get(name))) {
                values.put(name, "true");
            } else if (i + 1 == words.length) {
                throw new IllegalArgumentException("Option " + words[i] + " takes a value");
            } else {
                values.put(name, words[++i]);
            }
        }
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("No default for option " + name);
        }
        return value;
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    boolean isSet(String name) {
        return Boolean.parseBoolean(text(name));
    }
}
