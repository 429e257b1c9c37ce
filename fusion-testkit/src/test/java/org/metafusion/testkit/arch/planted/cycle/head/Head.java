package org.metafusion.testkit.arch.planted.cycle.head;

import org.metafusion.testkit.arch.planted.cycle.Tail;

public record Head(Tail known) {}
