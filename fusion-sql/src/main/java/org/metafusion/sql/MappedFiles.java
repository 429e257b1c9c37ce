package org.metafusion.sql;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files a mapping has DuckDB read: itself, its database, its sources, and what its queries have in quotes. */
record MappedFiles(TableMapping mapping) {

    private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')+)'|\"((?:[^\"]|\"\")+)\"");

    /** Whether {@code file}, which is there, is one of them. */
    boolean have(Path file) {
        Stream<String> named = Stream.concat(
                Stream.concat(Stream.of(mapping.path()), mapping.database().stream())
                        .map(Path::toString),
                mapping.sources().stream()
                        .flatMap(source -> Relations.isQuery(source) ? quoted(source).stream() : Stream.of(source)));
        return named.anyMatch(name -> isNamed(name, file));
    }

    private static List<String> quoted(String query) {
        return QUOTED.matcher(query).results().map(MappedFiles::unquoted).toList();
    }

    private static String unquoted(MatchResult found) {
        return found.group(1) != null
                ? found.group(1).replace("''", "'")
                : found.group(2).replace("\"\"", "\"");
    }

    /** By a path, or by a pattern of paths. */
    private static boolean isNamed(String name, Path file) {
        try {
            Path path = Path.of(name);
            return Files.exists(path)
                    ? Files.isSameFile(path, file)
                    : FileSystems.getDefault()
                            .getPathMatcher("glob:" + path.toAbsolutePath().normalize())
                            .matches(file.toAbsolutePath().normalize());
        } catch (InvalidPathException | PatternSyntaxException | IOException e) {
            return false;
        }
    }
}
