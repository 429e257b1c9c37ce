package org.metafusion.cli.command;

import java.util.List;

/** Every command with its collaborators. */
public final class Commands {

    private Commands() {}

    /** In the order of the help. */
    public static List<Object> all(Tools tools) {
        return List.of(
                new DemoCommand(tools),
                new FitCommand(tools),
                new EvaluateCommand(tools),
                new ImportanceCommand(tools),
                new RobustnessCommand(tools),
                new PredictCommand(tools),
                new ServeCommand(tools),
                new ExportCommand(tools),
                new CompareCommand(tools),
                new CvCommand(tools),
                new SearchCommand(tools),
                new AlignCommand(tools),
                new ExperimentCommand(tools),
                new InspectCommand(tools),
                new ConfigCommand(tools),
                new CompletionCommand(tools),
                new BackendsCommand(tools));
    }
}
