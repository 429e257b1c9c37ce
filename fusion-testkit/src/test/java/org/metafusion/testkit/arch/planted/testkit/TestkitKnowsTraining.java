package org.metafusion.testkit.arch.planted.testkit;

import org.metafusion.testkit.arch.planted.training.TrainingKnowsCpu;

record TestkitKnowsTraining(TrainingKnowsCpu known) {}
