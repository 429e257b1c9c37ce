package org.metafusion.cli.command;

import java.nio.file.Path;
import org.metafusion.core.FusionException;

/** That what a command writes is not what it reads, nor what another of its options writes. */
final class DifferentFiles {

    private DifferentFiles() {}

    /** @throws FusionException if the option names the other's file */
    static void require(String option, Path file, String other, Path othersFile) {
        if (file.toAbsolutePath().normalize().equals(othersFile.toAbsolutePath().normalize())) {
            throw new FusionException(option + " and " + other + " both name " + file + "; give two different files");
        }
    }
}
