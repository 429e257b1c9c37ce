package org.metafusion.training.network;

/** A step of a cohort's forward pass and its counterpart backward. */
interface Stage {

    void forward(DropoutSeed dropoutSeed);

    void backward(DropoutSeed dropoutSeed);
}
