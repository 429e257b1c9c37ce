package org.metafusion.cpu;

/** The reference cases of every backend on plain Java loops. */
final class CpuPlainOracleTest extends CpuOracleContract {
    @Override
    String products() {
        return "plain";
    }
}
