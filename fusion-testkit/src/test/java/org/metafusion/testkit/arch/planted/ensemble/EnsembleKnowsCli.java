package org.metafusion.testkit.arch.planted.ensemble;

import org.metafusion.testkit.arch.planted.cli.Command;

record EnsembleKnowsCli(Command known) {}
