package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.config.FusionConfig.Key;

/** Every key of the configuration as a page of Markdown, made from the keys themselves; {@code docs/configuration.md}. */
public final class ConfigReference {

    private static final String ROOT = "fusion.";
    private static final Map<String, String> TITLES = Map.of(
            "", "What runs",
            "cross-fitting", "Few rows",
            "cohort", "Students",
            "training", "Training",
            "mutual", "Mutual learning",
            "committee", "Committee");

    private ConfigReference() {}

    /** The page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Every key, what it takes and what holds where nothing is said. This page is made by
                `fusion config --reference`; `fusion config` shows what holds on your machine.

                A key is set by the first of these that has it: `--set training.epochs=20` on the command line, the system
                property `fusion.training.epochs`, the environment variable `FUSION_TRAINING_EPOCHS`, the file of `--config`
                (HOCON, see the end of this page). In a program: `FusionConfig.load(...)`, or the builder of `MetaFusion`.
                """);
        sections().forEach((section, keys) -> {
            page.append("\n## ").append(TITLES.getOrDefault(section, section)).append("\n\n");
            page.append("| key | default | takes | meaning |\n|---|---|---|---|\n");
            keys.forEach(key -> page.append(String.format(
                    "| `%s` | `%s` | %s | %s |\n",
                    key.path().substring(ROOT.length()), key.defaultValue(), cell(key.type()), cell(key.meaning()))));
        });
        page.append("\n## A file with every default\n\n```\n");
        FusionConfig.keys()
                .forEach(key -> page.append(key.path())
                        .append(" = ")
                        .append(key.defaultValue())
                        .append('\n'));
        return page.append("```\n").toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    /** By the part of the path before its last dot, in the order of the keys. */
    private static Map<String, List<Key>> sections() {
        Map<String, List<Key>> sections = new LinkedHashMap<>();
        for (Key key : FusionConfig.keys()) {
            String path = key.path().substring(ROOT.length());
            int dot = path.lastIndexOf('.');
            sections.computeIfAbsent(dot < 0 ? "" : path.substring(0, dot), s -> new ArrayList<>())
                    .add(key);
        }
        return sections;
    }
}
