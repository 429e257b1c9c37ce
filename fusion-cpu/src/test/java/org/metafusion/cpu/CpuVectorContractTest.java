package org.metafusion.cpu;

/** The contract of every backend on the Vector API. */
final class CpuVectorContractTest extends CpuContract {
    @Override
    String products() {
        return "vector";
    }
}
