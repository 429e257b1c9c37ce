package org.metafusion.cuda;

import java.util.HashMap;
import java.util.Map;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;

/** Calls on a stream that were captured once, to be launched again as one graph; all on the thread that has the context. */
final class DeviceGraphs {

    private final CUstream stream;
    private final Map<Long, CUgraphExec> graphs = new HashMap<>();
    private long last;

    DeviceGraphs(CUstream stream) {
        this.stream = stream;
    }

    /** What the calls put on the stream, which does not run now; its number. */
    long record(Runnable calls) {
        Cuda.check(
                JCudaDriver.cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
                "cuStreamBeginCapture");
        CUgraph graph = new CUgraph();
        int ended = CUresult.CUDA_SUCCESS;
        try {
            try {
                calls.run();
            } finally {
                ended = JCudaDriver.cuStreamEndCapture(stream, graph);
            }
            Cuda.check(ended, "cuStreamEndCapture");
            CUgraphExec executable = new CUgraphExec();
            Cuda.check(JCudaDriver.cuGraphInstantiate(executable, graph, 0), "cuGraphInstantiate");
            graphs.put(++last, executable);
            return last;
        } finally {
            if (ended == CUresult.CUDA_SUCCESS) {
                JCudaDriver.cuGraphDestroy(graph);
            }
        }
    }

    void replay(long graph) {
        Cuda.check(JCudaDriver.cuGraphLaunch(executable(graph), stream), "cuGraphLaunch");
    }

    void forget(long graph) {
        Cuda.check(JCudaDriver.cuGraphExecDestroy(executable(graph)), "cuGraphExecDestroy");
        graphs.remove(graph);
    }

    private CUgraphExec executable(long graph) {
        CUgraphExec executable = graphs.get(graph);
        if (executable == null) {
            throw new IllegalArgumentException("There is no graph " + graph);
        }
        return executable;
    }
}
