#!/usr/bin/env bash
# Usage: android.sh [ARGUMENTS OF MAVEN]
# The app of the phone without a phone: the screens and what is Android's compiled against AndroidX, and
# the real Activity started on the real library and the sample world. Skips where a tool is missing, and
# fails instead when CI is set. After bindings/generate.sh, with OVERVIEW_BUILT=1, it builds nothing in Rust.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}

for tool in java mvn aapt2 unzip; do
    command -v "$tool" >/dev/null && continue
    said="$tool is missing (Java 17, Maven, and Debian's aapt and android-framework-res)"
    if [ -n "${CI:-}" ]; then
        echo "android: $said; CI needs it" >&2
        exit 1
    fi
    echo "android: SKIPPED: $said"
    exit 0
done

if [ -z "${OVERVIEW_BUILT:-}" ]; then
    bindings/generate.sh fault-injection
    ${CARGO:-cargo} build --locked -p overview-tests --bin boundary-world
fi

. tests/world.sh
world=$target/bindings/android-world
rm -rf "$world"
mkdir -p "$world"
start_world "$world"
await_world "$world"

mvn -q -B -f android/pom.xml -Pandroid -pl bindings,kit,androidx,app test -Dkotlin.compiler.daemon=false \
    -Doverview.libraries="$target/bindings" -Doverview.world="$world" "$@"
echo "android: the suite of the app passed in $SECONDS s"
