#!/bin/sh
# Tests and times the CUDA backend on this machine's graphics card, or makes a folder that does so on another machine.
#
#   fusion-cuda/gpu-check.sh                  builds, then tests and times here; needs a JDK, an NVIDIA driver and cuBLAS
#   fusion-cuda/gpu-check.sh --bundle DIR     makes DIR with its own Java; copy it to a machine with a driver and cuBLAS
#                                             and run DIR/run.sh there, which needs neither Maven nor Java
#
# Options of run.sh and of this script without --bundle: --quick, tests alone. Environment: PYTHON, an interpreter with PyTorch
# for comparison (default python3; without one ours is timed alone); JAVA_HOME, the JDK. PROFILES=cuda-redist adds cuBLAS 12 (2 GB).
# Status: 0 all tests passed, 1 some failed, 2 no usable card or a wrong option.
set -eu

say() {
  printf 'gpu-check: %s\n' "$1" >&2
}

usage() {
  say "$1; see: $0 --help"
  exit 2
}

root=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd -P)
bundle=
quick=
while [ $# -gt 0 ]; do
  case $1 in
    --bundle)
      [ $# -ge 2 ] && [ -n "$2" ] || usage '--bundle takes a folder'
      bundle=$2
      shift
      ;;
    --quick) quick=--quick ;;
    -h | --help)
      sed -n '2,/^set -eu/p' "$0" | sed -n 's/^# \{0,1\}//p'
      exit 0
      ;;
    *) usage "unknown option '$1'" ;;
  esac
  shift
done

if [ -z "$bundle" ]; then
  # Before minutes of building; the same answer as the backend's own.
  if [ ! -e /dev/nvidiactl ] && [ ! -e /proc/driver/nvidia ] && [ ! -e /dev/dxg ]; then
    say 'no NVIDIA driver (/dev/nvidiactl is not there); install driver 525 or newer'
    exit 2
  fi
  target=$root/fusion-cuda/target/gpu-check
else
  mkdir -p "$bundle"
  target=$(CDPATH='' cd -- "$bundle" && pwd -P)
  if [ -n "$(ls -A "$target")" ] && [ ! -f "$target/run.sh" ]; then
    say "'$bundle' is not empty and no earlier bundle; name a new folder"
    exit 2
  fi
fi

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/none/none)")")")}
[ -x "$java_home/bin/javac" ] || usage 'found no JDK; set JAVA_HOME to a JDK 17 or newer'

rm -rf "$target/lib" "$target/tests" "$target/java" "$target/java.tar.gz"
mkdir -p "$target/lib" "$target/tests"
say 'building'
# Each module's jars and what its tests need; reactor modules are copied as the jars just built.
(cd "$root" && JAVA_HOME=$java_home ${MVN:-./mvnw} -q -ntp -DskipTests ${PROFILES:+-P$PROFILES} -pl fusion-cuda,fusion-cli,fusion-bench -am \
  package dependency:copy-dependencies -DincludeScope=test -DexcludeGroupIds=net.bytebuddy,com.tngtech.archunit \
  "-DoutputDirectory=$target/lib")
for module in fusion-cuda fusion-cli fusion-bench; do
  cp "$root/$module/target/$module"*.jar "$target/lib/"
done
# The command's and the benchmarks' jars have no version in their names; their manifests list jars beside them, in lib.
for module in fusion-cuda fusion-cli; do
  cp -r "$root/$module/target/test-classes/." "$target/tests/"
done
cp "$root/bench/peer_pytorch.py" "$root/LICENSE" "$root/NOTICE" "$target/"
cp "$root/fusion-cuda/src/test/gpu/run.sh" "$target/run.sh"
chmod +x "$target/run.sh"

if [ -z "$bundle" ]; then
  JAVA_HOME=$java_home exec "$target/run.sh" $quick
fi

# To be carried about: the PTX compiler, 9 MB, is for tests of the PTX alone, and Java packed is half as large.
natives=$(ls "$target"/lib/jcuda-natives-*.jar)
mkdir "$target/unpacked"
(cd "$target/unpacked" && "$java_home/bin/jar" xf "$natives" && rm -f lib/libJNvPTXCompiler-* && "$java_home/bin/jar" cf "$natives" .)
rm -rf "$target/unpacked"
modules=java.base,java.compiler,java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
modules=$modules,jdk.incubator.vector,jdk.management,jdk.unsupported
"$java_home/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress=2 --output "$target/java" 2>/dev/null
(cd "$target" && tar czf java.tar.gz java && rm -rf java)
say "made $bundle, $(du -sm "$target" | cut -f 1) MB; copy it to the machine with the card and run there: $(basename "$target")/run.sh"
