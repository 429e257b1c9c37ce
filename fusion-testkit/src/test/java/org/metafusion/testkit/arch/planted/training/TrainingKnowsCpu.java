package org.metafusion.testkit.arch.planted.training;

import org.metafusion.testkit.arch.planted.cpu.CpuKnowsData;

public record TrainingKnowsCpu(CpuKnowsData known) {}
