package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Finding.Outcome;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.report.Part;
import org.metafusion.report.Part.NamedTable;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.Tile;

/** The report of a study: whether the claims held, and its measurements as charts. */
public final class ExperimentReport {

    private final Study study;
    private final StudySize size;
    private final List<Long> seeds;
    private final StudyReport found;

    private ExperimentReport(Study study, StudySize size, List<Long> seeds, StudyReport found) {
        this.study = study;
        this.size = size;
        this.seeds = seeds;
        this.found = found;
    }

    /** Of what a study found at a size, over seeds. */
    public static Report of(Study study, StudySize size, List<Long> seeds, StudyReport found, Provenance provenance) {
        ExperimentReport report = new ExperimentReport(study, size, seeds, found);
        String all = seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Report(
                study.profile().name(),
                "Study",
                report.tiles(),
                report.sentences(),
                report.cautions(),
                found.summary().stream()
                        .map(table -> new Part(
                                "table-" + table.key(),
                                table.title(),
                                new StudyCharts(table).all(),
                                List.of(new NamedTable("Mean and standard deviation", StudyCells.table(table)))))
                        .toList(),
                provenance.with("size", size.toString()).with("seeds", all));
    }

    private List<Tile> tiles() {
        return List.of(
                new Tile(
                        "Claims that held",
                        count(Outcome.HELD) + " of " + found.findings().size(),
                        count(Outcome.FAILED) + " failed, " + count(Outcome.OPEN) + " open"),
                new Tile(
                        "Seeds",
                        String.valueOf(seeds.size()),
                        seeds.size() == 1 ? "seed " + seeds.get(0) : "means and deviations are over these"),
                new Tile("Size", size.toString(), size == StudySize.SMALL ? "for trying out" : "for judging"));
    }

    private long count(Outcome outcome) {
        return found.findings().stream()
                .filter(finding -> finding.outcome() == outcome)
                .count();
    }

    private List<String> sentences() {
        List<String> sentences =
                new ArrayList<>(List.of("Question: " + study.profile().description()));
        for (Finding finding : found.findings()) {
            sentences.add(Words.capital(finding.outcome().toString()) + ": "
                    + finding.claim().text() + " " + finding.words() + " ["
                    + finding.claim().source() + "]");
        }
        found.notes().forEach(note -> sentences.add("Note: " + note));
        return sentences;
    }

    private List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        if (size == StudySize.SMALL) {
            cautions.add("The small size shows that the study works; whether a claim holds is a question for the size"
                    + " 'paper'.");
        }
        if (seeds.size() == 1) {
            cautions.add("One seed says nothing about chance; ask for more with --seeds.");
        }
        return cautions;
    }
}
