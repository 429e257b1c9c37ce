package org.metafusion.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fusion completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Prints a script with which bash and zsh complete commands, options and files.",
        footer = {
            "",
            "Examples:",
            "  source <(fusion completion)                      # this shell, bash or zsh",
            "  fusion completion > ~/.local/share/bash-completion/completions/fusion"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Tools tools;

    CompletionCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        tools.terminal().out().print(AutoComplete.bash("fusion", spec.root().commandLine()));
        return 0;
    }
}
