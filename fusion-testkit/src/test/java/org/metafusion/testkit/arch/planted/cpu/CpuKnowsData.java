package org.metafusion.testkit.arch.planted.cpu;

import org.metafusion.testkit.arch.planted.data.DataKnowsAssertj;

public record CpuKnowsData(DataKnowsAssertj known) {}
