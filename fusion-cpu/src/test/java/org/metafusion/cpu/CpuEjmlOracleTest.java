package org.metafusion.cpu;

/** The reference cases of every backend on EJML's products. */
final class CpuEjmlOracleTest extends CpuOracleContract {
    @Override
    String products() {
        return "ejml";
    }
}
