#!/bin/sh
# Runs MetaFusion and PyTorch in turn on the same workloads and prints medians and ratios.
#
#   PYTHON=/usr/bin/python3 bench/compare.sh --threads 1
#   PYTHON=/usr/bin/python3 bench/compare.sh --check-losses
#
# Options are those of org.metafusion.bench.Ratios; by default 5 rounds of the workloads cohort, large and tensor.
# Environment: PYTHON, an interpreter that has torch (default python3); JAVA_HOME, the Java, 17 or newer.
set -eu

root=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd -P)
python=${PYTHON:-python3}
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

"$python" -c 'import torch' 2>/dev/null || {
  echo "compare: '$python' has no PyTorch; install it (Debian: apt install python3-torch) or name another: PYTHON=/usr/bin/python3 $0" >&2
  exit 2
}
cd "$root"
jar=fusion-bench/target/fusion-bench.jar
[ -f "$jar" ] && [ -z "$(find pom.xml fusion-*/pom.xml fusion-*/src/main -newer "$jar" | head -n 1)" ] || ./mvnw -q -ntp -Dmaven.test.skip=true -pl fusion-bench -am package
exec "$java" -cp "$jar" org.metafusion.bench.Ratios --python "$python" "$@"
