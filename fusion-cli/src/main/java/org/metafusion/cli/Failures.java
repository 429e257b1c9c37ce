package org.metafusion.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.metafusion.core.FusionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said when something fails, in one line on standard error, and the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    static final int BUG = 1;
    static final int USER = 2;

    private final PrintStream err;
    private final boolean stacktrace;

    Failures(PrintStream err, boolean stacktrace) {
        this.err = err;
        this.stacktrace = stacktrace;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return handle(failure);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        if (failure.getCause() instanceof FusionException known) {
            return handle(known);
        }
        String help = failure.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        String said = said(failure);
        say(said + (said.endsWith("?") ? " See '" : "; see '") + help + "'", failure);
        return USER;
    }

    /** An option that is unknown is the likelier mistake where another is missing too. */
    private static String said(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        List<String> unknown = command.getUnmatchedArguments();
        if (unknown.isEmpty()) {
            return sentence(String.valueOf(failure.getMessage()));
        }
        String first = unknown.get(0);
        List<String> known = List.copyOf(command.getSubcommands().keySet());
        if (first.startsWith("-")) {
            List<String> close = new UnmatchedArgumentException(command, unknown).getSuggestions();
            return "Unknown option '" + first + "'"
                    + (close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?");
        }
        return known.isEmpty()
                ? "Unexpected argument '" + first + "'"
                : "Unknown command '" + first + "'; there are " + String.join(", ", known);
    }

    int handle(Throwable failure) {
        if (failure instanceof FusionException) {
            say(String.valueOf(failure.getMessage()), failure);
            return USER;
        }
        if (failure instanceof OutOfMemoryError) {
            say(
                    "Java has too little memory (at most "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB); give it more with JDK_JAVA_OPTIONS=-Xmx8g, or fit fewer students with --set"
                            + " cohort.max-students=12",
                    failure);
            return USER;
        }
        say(
                "internal failure, " + failure + "; this is a bug, please report it"
                        + (stacktrace ? " with what follows" : " with what --stacktrace shows"),
                failure);
        return BUG;
    }

    private static String sentence(String message) {
        String line = message.strip()
                .replace("option option", "option")
                .replaceAll("is not an? (int|long)$", "is not a whole number");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private void say(String message, Throwable failure) {
        err.print("fusion: " + message.replaceAll("\\s+", " ") + "\n");
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    static boolean wantsStacktrace(String[] arguments) {
        return Arrays.asList(arguments).contains("--stacktrace");
    }
}
