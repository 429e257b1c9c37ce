package org.metafusion.ensemble.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.OperatorSizes;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.fit.RepresentationLabels;

/** The kinds of values a configuration holds. */
final class ValueTypes {

    private ValueTypes() {}

    private record Reading<T>(String words, Function<Object, Optional<T>> reader) implements ValueType<T> {
        @Override
        public Optional<T> read(Object raw) {
            return reader.apply(raw);
        }
    }

    static ValueType<String> text(String words) {
        return new Reading<>(
                words,
                raw -> Optional.of(raw)
                        .filter(String.class::isInstance)
                        .map(text -> ((String) text).trim())
                        .filter(text -> !text.isEmpty()));
    }

    /** One of the given texts. */
    static ValueType<String> oneOf(List<String> names) {
        return new Reading<>(
                "one of " + String.join(", ", names),
                raw -> Optional.of(raw.toString().trim()).filter(names::contains));
    }

    /** A constant of an enum by its {@linkplain #name name}. */
    static <E extends Enum<E>> ValueType<E> constant(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        String names =
                String.join(", ", constants.stream().map(ValueTypes::name).toList());
        return new Reading<>(
                "one of " + names,
                raw -> constants.stream()
                        .filter(constant -> name(constant).equals(raw.toString().trim()))
                        .findFirst());
    }

    /** The name of a constant in a configuration, such as {@code best-single}. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ValueType<Boolean> flag() {
        return new Reading<>("true or false", raw -> switch (raw.toString().trim()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static ValueType<Long> wholeNumber() {
        return new Reading<>("a whole number", ValueTypes::whole);
    }

    private static Optional<Long> whole(Object raw) {
        if (raw instanceof Integer || raw instanceof Long) {
            return Optional.of(((Number) raw).longValue());
        }
        return raw instanceof String text ? parsed(text, Long::valueOf) : Optional.empty();
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text.trim()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static ValueType<Integer> integer(int lowest) {
        return integer("of " + lowest + " or more", lowest, Integer.MAX_VALUE);
    }

    static ValueType<Integer> integer(int lowest, int highest) {
        return integer("from " + lowest + " to " + highest, lowest, highest);
    }

    private static ValueType<Integer> integer(String words, int lowest, int highest) {
        return new Reading<>(
                "a whole number " + words,
                raw -> whole(raw)
                        .filter(number -> number >= lowest && number <= highest)
                        .map(Math::toIntExact));
    }

    /**
     * A number in a range.
     *
     * @param words such as {@code 0 or more}
     */
    static ValueType<Double> number(String words, Predicate<Double> range) {
        return new Reading<>("a number " + words, raw -> decimal(raw).filter(range));
    }

    private static Optional<Double> decimal(Object raw) {
        if (raw instanceof Number number) {
            return Optional.of(number.doubleValue()).filter(Double::isFinite);
        }
        return raw instanceof String text ? parsed(text, Double::valueOf).filter(Double::isFinite) : Optional.empty();
    }

    /** A number in a range, as a float; a table and a manifest show its shortest decimal. */
    static ValueType<Float> single(String words, Predicate<Float> range) {
        return new ValueType<>() {
            @Override
            public String words() {
                return "a number " + words;
            }

            @Override
            public Optional<Float> read(Object raw) {
                return decimal(raw)
                        .map(Double::floatValue)
                        .filter(Float::isFinite)
                        .filter(range);
            }

            @Override
            public Object plain(Float value) {
                return Double.valueOf(value.toString());
            }
        };
    }

    /** One element or more: a list, or a text with commas between the elements. */
    static <T> ValueType<List<T>> listOf(String words, ValueType<T> element) {
        return new ValueType<>() {
            @Override
            public String words() {
                return words;
            }

            @Override
            public Optional<List<T>> read(Object raw) {
                return elements(raw).flatMap(elements -> all(elements, element));
            }

            @Override
            public Object plain(List<T> value) {
                return value.stream().map(element::plain).toList();
            }
        };
    }

    private static <T> Optional<List<T>> all(List<?> elements, ValueType<T> type) {
        List<T> read = new ArrayList<>();
        for (Object element : elements) {
            type.read(element).ifPresent(read::add);
        }
        return read.isEmpty() || read.size() < elements.size() ? Optional.empty() : Optional.of(read);
    }

    /** Commas within parentheses do not separate: {@code raw, enc64(128,96)} has two elements. */
    private static Optional<List<?>> elements(Object raw) {
        if (raw instanceof List<?> list) {
            return Optional.of(list);
        }
        String text = raw.toString().trim();
        if (!text.startsWith("[")) {
            return Optional.of(Arrays.asList(text.split(",(?![^(]*\\))", -1)));
        }
        try {
            return Optional.of(ConfigFactory.parseString("list = " + text).getAnyRefList("list"));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** Names of fusion operators; see {@link FusionOperators}. */
    static ValueType<List<String>> operators() {
        FusionOperators known = FusionOperators.standard();
        ValueType<String> name = new Reading<>(
                "a name", raw -> Optional.of(raw.toString().trim()).filter(known::knows));
        return listOf(
                "a list of " + String.join(", ", known.names()) + ", the last "
                        + known.sizedNames().size() + " also with sizes such as mean32 or low-rank32x8, up to "
                        + OperatorSizes.LARGEST,
                name);
    }

    /** Labels of representations; see {@link RepresentationLabels}. */
    static ValueType<List<String>> representations() {
        ValueType<String> label = new Reading<>(
                "a label", raw -> Optional.of(raw.toString().trim()).filter(ValueTypes::isRepresentation));
        return listOf(
                "a list of raw, pca32, enc64 or \"enc64(128,96)\", with widths of your own up to "
                        + RepresentationLabels.LARGEST,
                label);
    }

    private static boolean isRepresentation(String label) {
        try {
            RepresentationLabels.requireLabel(label);
            return true;
        } catch (FusionException e) {
            return false;
        }
    }

    /** Hidden widths of each head: {@code [[128], [64, 32]]}; a plain list {@code [64, 32]} is one head. */
    static ValueType<List<HeadSpec>> heads() {
        ValueType<Integer> width = integer(1);
        ValueType<HeadSpec> head = new ValueType<>() {
            @Override
            public String words() {
                return "a list of hidden widths";
            }

            @Override
            public Optional<HeadSpec> read(Object raw) {
                if (!(raw instanceof List<?> widths)) {
                    return Optional.empty();
                }
                return widths.isEmpty()
                        ? Optional.of(HeadSpec.LINEAR)
                        : all(widths, width).map(HeadSpec::new);
            }

            @Override
            public Object plain(HeadSpec value) {
                return value.hidden();
            }
        };
        ValueType<List<HeadSpec>> heads =
                listOf("a list of heads, each a list of hidden widths such as [[128], [64, 32]]", head);
        return new ValueType<>() {
            @Override
            public String words() {
                return heads.words();
            }

            @Override
            public Optional<List<HeadSpec>> read(Object raw) {
                Optional<HeadSpec> one =
                        elements(raw).filter(list -> !list.isEmpty()).flatMap(head::read);
                return one.isPresent() ? one.map(List::of) : heads.read(raw);
            }

            @Override
            public Object plain(List<HeadSpec> value) {
                return heads.plain(value);
            }
        };
    }
}
