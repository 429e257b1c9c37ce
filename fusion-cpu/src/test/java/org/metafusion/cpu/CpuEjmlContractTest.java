package org.metafusion.cpu;

/** The contract of every backend on EJML's products. */
final class CpuEjmlContractTest extends CpuContract {
    @Override
    String products() {
        return "ejml";
    }
}
