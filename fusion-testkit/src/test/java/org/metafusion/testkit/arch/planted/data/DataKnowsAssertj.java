package org.metafusion.testkit.arch.planted.data;

import org.assertj.core.api.AssertProvider;

public record DataKnowsAssertj(AssertProvider known) {}
