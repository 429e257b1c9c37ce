package org.metafusion.testkit.arch.planted.cycle;

import org.metafusion.testkit.arch.planted.cycle.head.Head;

public record Tail(Head known) {}
