package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.metafusion.data.file.AtomicFile;
import org.metafusion.report.Report;
import org.metafusion.report.page.HtmlPage;
import picocli.CommandLine.Option;

/** The file of {@code --report}: results as one HTML page, there whole or not at all. */
final class ReportOption {

    @Written
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Also write the results as one HTML file with interactive charts, such as birds.html. It needs"
                            + " no network.")
    private Optional<Path> file = Optional.empty();

    /** Objects to a file that cannot be written, so that long work need not end in vain. */
    void prepare() {
        file.ifPresent(path -> new AtomicFile(path).requireWritable());
    }

    /** Writes the page, where one is asked for, and says so on standard error. */
    void write(Supplier<Report> report, Tools tools, OutputOptions output) {
        file.ifPresent(path -> {
            HtmlPage page = new HtmlPage(report.get());
            tools.saving().run(() -> new AtomicFile(path).write(page::writeTo));
            output.note(tools.terminal(), "written: " + path);
        });
    }
}
