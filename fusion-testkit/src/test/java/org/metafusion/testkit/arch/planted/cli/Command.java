package org.metafusion.testkit.arch.planted.cli;

public record Command() {}
