package org.metafusion.cpu;

/** The contract of every backend on plain Java loops. */
final class CpuPlainContractTest extends CpuContract {
    @Override
    String products() {
        return "plain";
    }
}
