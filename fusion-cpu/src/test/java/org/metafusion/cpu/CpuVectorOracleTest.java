package org.metafusion.cpu;

/** The reference cases of every backend on the Vector API. */
final class CpuVectorOracleTest extends CpuOracleContract {
    @Override
    String products() {
        return "vector";
    }
}
