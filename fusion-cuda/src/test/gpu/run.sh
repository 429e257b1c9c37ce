#!/bin/sh
# Tests and times MetaFusion's CUDA backend on this machine's graphics card; made by fusion-cuda/gpu-check.sh.
#
#   ./run.sh            tests, then times kernels, training steps and the JMH benchmarks; a quarter of an hour
#   ./run.sh --quick    tests alone
#
# Needs an NVIDIA driver and cuBLAS 12 or 13 (LD_LIBRARY_PATH if ldconfig does not know it). PYTHON names an interpreter with PyTorch,
# which is then timed beside ours. Status: 0 all tests passed, 1 some failed, 2 no usable card or a wrong option.
set -eu

here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
if [ -f "$here/java.tar.gz" ]; then
  [ -x "$here/java/bin/java" ] || (cd "$here" && tar xzf java.tar.gz)
  java=$here/java/bin/java
else
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
fi
python=${PYTHON:-python3}
quick=no
case ${1:-} in
  '') ;;
  --quick) quick=yes ;;
  -h | --help)
    sed -n '2,/^set -eu/p' "$0" | sed -n 's/^# \{0,1\}//p'
    exit 0
    ;;
  *)
    echo "gpu-check: unknown option '$1'; see: $0 --help" >&2
    exit 2
    ;;
esac

errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
run() {
  # Java announces the Vector API, which our lines are not to be mixed with.
  "$java" -XX:+UseParallelGC --add-modules=jdk.incubator.vector -cp "$here/tests:$here/lib/*" "$@" 2>"$errors" && status=0 || status=$?
  grep -v 'WARNING: Using incubator modules\|^SLF4J' "$errors" >&2 || :
  return $status
}

p=org.metafusion
status=0
run $p.cuda.CardTests $p.cuda.CudaContractTest $p.cuda.CudaOracleTest $p.cuda.CudaCohortTest $p.cli.command.FitOnCudaTest || status=$?
[ $status -ne 2 ] || exit 2
[ $quick = no ] || exit $status

# Also after failed tests: what is wrong and how fast it is are two questions.
run $p.cuda.KernelTimes || status=1
alone=
"$python" -c 'import torch, sys; sys.exit(not torch.cuda.is_available())' 2>/dev/null || {
  echo "gpu-check: '$python' has no PyTorch with CUDA, so ours is timed alone; name another: PYTHON=/path/to/python3 $0" >&2
  alone=--alone
}
run $p.bench.Ratios --workloads step24,step240 --backend cuda --device cuda --python "$python" --script "$here/peer_pytorch.py" $alone || status=1
run org.openjdk.jmh.Main '(Dense|Fusion|Loss|Optimizer|Bilinear|CohortStep|Prediction)Benchmark' -p backendName=cuda -p students=24,240 \
  -f 1 -wi 2 -w 1 -i 3 -r 1 -v SILENT -rff "$here/jmh.csv" -rf csv || status=1
[ ! -s "$here/jmh.csv" ] || echo "JMH's figures are in $here/jmh.csv"
exit $status
