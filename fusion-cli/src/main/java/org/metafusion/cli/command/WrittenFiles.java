package org.metafusion.cli.command;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.metafusion.core.FusionException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a command line has a command write, which must be nothing that it reads, nor what another of its options writes. Asked
 * of every command before it runs: what {@link Written} marks is written, any other path is read, and so is what lies
 * behind it ({@link GivenData#reads}, {@link ReadsFiles}).
 */
public final class WrittenFiles {

    /** An option or parameter, and a path it names. */
    private record Named(String option, Path path) {}

    private final List<Named> written = new ArrayList<>();
    private final List<Named> read = new ArrayList<>();
    private final List<ReadsFiles> readers;

    private WrittenFiles(ParseResult parsed) {
        CommandSpec spec = parsed.commandSpec();
        for (ArgSpec argument : parsed.matchedArgs()) {
            path(argument)
                    .ifPresent(path -> (isWritten(argument) ? written : read).add(new Named(name(argument), path)));
        }
        written.addAll(written.stream()
                .flatMap(named -> results(named, parsed).stream())
                .toList());
        readers = spec.mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(ReadsFiles.class::isInstance)
                .map(ReadsFiles.class::cast)
                .toList();
    }

    /** @throws FusionException if something that is read would be written over, or two options write the same file */
    public static void require(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        new WrittenFiles(last).requireApart();
    }

    private void requireApart() {
        for (int i = 0; i < written.size(); i++) {
            Named target = written.get(i);
            if (isDevice(target.path())) {
                continue; // A terminal is read and written, and /dev/null may be named twice.
            }
            Stream.concat(read.stream(), written.subList(0, i).stream())
                    .filter(other -> isSame(target.path(), other.path()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw twice(target, other);
                    });
            if (Files.isRegularFile(target.path())) {
                requireUnread(target);
            }
        }
    }

    private static FusionException twice(Named target, Named other) {
        return new FusionException(target.option() + " and " + other.option() + " both name " + target.path()
                + "; give two different " + (Files.isDirectory(target.path()) ? "folders" : "files"));
    }

    private void requireUnread(Named target) {
        Stream<String> of = Stream.concat(
                read.stream()
                        .filter(other -> GivenData.reads(other.path(), target.path()))
                        .map(other -> other.option() + " reads"),
                readers.stream()
                        .flatMap(reader -> reader.encoderFiles().stream())
                        .filter(file -> isSame(file, target.path()))
                        .map(file -> "is read as an encoder"));
        of.findFirst().ifPresent(how -> {
            throw new FusionException(
                    target.option() + " would overwrite " + target.path() + ", which " + how + "; give another file");
        });
    }

    /** The files of a folder of results, {@link ResultFolder}: of what the command or its study is called. */
    private static List<Named> results(Named folder, ParseResult parsed) {
        if (!Files.isDirectory(folder.path())) {
            return List.of();
        }
        Stream<String> names = Stream.concat(
                Stream.of(parsed.commandSpec().name()),
                parsed.matchedPositionals().stream()
                        .filter(positional -> path(positional).isEmpty())
                        .flatMap(positional -> positional.stringValues().stream()));
        List<String> stems = names.map(name -> name.toLowerCase(Locale.ROOT)).toList();
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.filter(file -> {
                        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                        return stems.stream()
                                .anyMatch(stem -> name.equals(stem + ".json")
                                        || name.startsWith(stem + "-") && name.endsWith(".csv"));
                    })
                    .map(file -> new Named(folder.option(), file))
                    .toList();
        } catch (IOException e) {
            return List.of(); // Whoever writes there will say so.
        }
    }

    private static Optional<Path> path(ArgSpec argument) {
        Object value = argument.getValue();
        Object given = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return given instanceof Path path ? Optional.of(path) : Optional.empty();
    }

    private static boolean isWritten(ArgSpec argument) {
        return argument.userObject() instanceof AnnotatedElement element && element.isAnnotationPresent(Written.class);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName()
                : ((PositionalParamSpec) argument).paramLabel();
    }

    private static boolean isDevice(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    /** By what is there, through links; of what is not there yet, by its place. */
    static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other)
                    ? Files.isSameFile(one, other)
                    : place(one).equals(place(other));
        } catch (IOException e) {
            return place(one).equals(place(other));
        }
    }

    private static Path place(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        try {
            return folder == null || name == null
                    ? absolute
                    : folder.toRealPath().resolve(name);
        } catch (IOException e) {
            return absolute;
        }
    }
}
