package org.metafusion.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.metafusion.cli.command.Commands;
import org.metafusion.cli.command.Saving;
import org.metafusion.cli.command.Tools;
import org.metafusion.cli.command.WrittenFiles;
import org.metafusion.cli.report.Ink;
import org.metafusion.cli.report.Terminal;
import org.metafusion.core.FusionException;
import org.metafusion.data.bundle.BundleModelStore;
import org.metafusion.ensemble.Backends;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code fusion} command. */
@Command(
        name = "fusion",
        description = "Learns from several modalities at once: finds out what, when and how to fuse.",
        mixinStandardHelpOptions = true,
        versionProvider = FusionCommand.Version.class,
        subcommands = HelpCommand.class,
        footer = {
            "",
            "Examples:",
            "  fusion demo",
            "  fusion fit birds -o birds.fusion",
            "  fusion evaluate birds.fusion birds",
            "  fusion predict birds.fusion new-birds -o predictions.csv",
            "",
            "Exit codes: 0 done, 1 internal failure (a bug), 2 something the user can mend."
        })
public final class FusionCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private FusionCommand() {}

    /** Runs the command of the process and ends it. */
    public static void main(String[] arguments) {
        LogSettings.install();
        Terminal terminal = Terminal.ofProcess();
        Saving saving = new Saving();
        AtomicBoolean done = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(terminal, saving, done), "fusion-end"));
        int code = run(arguments, terminal, saving);
        done.set(true);
        System.exit(code);
    }

    /** Ctrl-C: what is being written is finished, and the shell's prompt does not land in the progress bar. */
    private static void interrupted(Terminal terminal, Saving saving, AtomicBoolean done) {
        if (!done.get()) {
            saving.await();
            if (terminal.live()) {
                terminal.err().print("\n");
                terminal.err().flush();
            }
        }
    }

    /** Runs a command and gives its exit code. */
    public static int run(String[] arguments, Terminal terminal) {
        return run(arguments, terminal, new Saving());
    }

    private static int run(String[] arguments, Terminal terminal, Saving saving) {
        Failures failures = new Failures(terminal.err(), Failures.wantsStacktrace(arguments));
        try {
            Tools tools = new Tools(terminal, Backends::installed, new BundleModelStore(), saving);
            int code = commandLine(tools, failures).execute(arguments);
            if (code == 0) {
                terminal.out().requireWritten();
            }
            return code;
        } catch (Throwable failure) { // The process's last line of defence: errors that picocli lets through.
            return failures.handle(failure);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private static CommandLine commandLine(Tools tools, Failures failures) {
        CommandLine line = new CommandLine(new FusionCommand());
        for (Object command : Commands.all(tools)) {
            line.addSubcommand(command);
        }
        for (CommandLine sub : line.getSubcommands().values()) {
            if (!sub.getCommandName().equals("help")) {
                sub.getCommandSpec().mixinStandardHelpOptions(true);
                sub.getCommandSpec().versionProvider(new Version());
            }
        }
        Terminal terminal = tools.terminal();
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ink() == Ink.ANSI ? Ansi.ON : Ansi.OFF));
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(failures);
        line.setExpandAtFiles(false);
        line.setExecutionStrategy(parsed -> {
            try {
                WrittenFiles.require(parsed);
            } catch (FusionException e) {
                return failures.handle(e);
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        return line;
    }

    /** Without a command, help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version of the jar, and what it runs on. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(
                            FusionCommand.class.getPackage().getImplementationVersion())
                    .orElse("development");
            return new String[] {
                "fusion " + version + " (Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ")"
            };
        }
    }
}
