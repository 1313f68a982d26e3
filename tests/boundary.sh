#!/usr/bin/env bash
# Usage: boundary.sh [kotlin] [swift]   (both when none is named)
# Runs the suites of the boundary: the real library, read from Kotlin and Swift, on a world on
# loopback. Says what it skips where a toolchain cannot be had, and fails instead when CI is set.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
target=${CARGO_TARGET_DIR:-$repository/target}
suites=("$@")
[ $# -gt 0 ] || suites=(kotlin swift)

skip() {
    if [ -n "${CI:-}" ]; then
        echo "boundary: $1; CI needs it" >&2
        exit 1
    fi
    echo "boundary: SKIPPED the $2 suite: $1"
}

# The optimised library, and only what is timed, for boundary-bench.sh.
profile=${OVERVIEW_PROFILE:-debug}
only_kotlin=() only_swift=()
# Some classes of the suites: PicturesTest or RandomUseTest,ScenariosTest.
if [ -n "${OVERVIEW_ONLY:-}" ]; then
    only_kotlin=("-Dtest=$OVERVIEW_ONLY" -Dsurefire.failIfNoSpecifiedTests=false)
    only_swift=(--filter "${OVERVIEW_ONLY//,/|}")
fi
if [ "$profile" = release ]; then
    only_kotlin=("-Dtest=${OVERVIEW_ONLY:-BoundaryBench}" -Dsurefire.failIfNoSpecifiedTests=false)
    only_swift=(-c release --filter BoundaryBench)
fi
OVERVIEW_PROFILE=$profile bindings/generate.sh fault-injection
${CARGO:-cargo} build --locked -p overview-tests --bin boundary-world

. tests/world.sh
world=$target/bindings/world
umount "$world/small" 2>/dev/null || true # of a run that was killed
rm -rf "$world"
mkdir -p "$world"
start_world "$world"
trap 'umount "$world/small" 2>/dev/null || true' EXIT
mkdir "$world/small"
if mount -t tmpfs -o size=128k tmpfs "$world/small" 2>/dev/null; then
    touch "$world/small.mounted"
elif [ -n "${CI:-}" ]; then
    echo "boundary: CI must be able to mount a small disk" >&2
    exit 1
fi
await_world "$world"

run_kotlin() {
    for tool in java mvn; do
        command -v "$tool" >/dev/null || { skip "$tool is missing (Java 17 and Maven)" Kotlin; return; }
    done
    local begun=$SECONDS
    # No daemon: it would outlive this script, or end in the middle of another.
    mvn -q -B -f android/pom.xml test "${only_kotlin[@]}" -Dkotlin.compiler.daemon=false \
        -Doverview.libraries="$target/bindings" -Doverview.world="$world" \
        -Doverview.scenarios="$repository/tests/kits/scenarios.json"
    echo "boundary: the Kotlin suite passed in $((SECONDS - begun)) s"
}

run_swift() {
    local run=() status=0 begun=$SECONDS
    if [ "$(uname -s)" = Linux ] && ! command -v swift >/dev/null; then
        # 3 says that this machine is not one that it can be had on.
        tests/swift/setup.sh >/dev/null || status=$?
        [ "$status" = 0 ] || { skip "Swift 6 could not be set up (exit $status)" Swift; return; }
        # The target folder may be elsewhere.
        run=(env OVERVIEW_ALSO="$target" tests/swift/in-root.sh "$repository")
    elif ! command -v swift >/dev/null; then
        skip "swift is missing (Swift 6)" Swift
        return
    fi
    "${run[@]}" env OVERVIEW_LIBRARIES="$target/bindings" OVERVIEW_WORLD="$world" \
        OVERVIEW_SCENARIOS="$repository/tests/kits/scenarios.json" \
        OVERVIEW_ROUNDS="${OVERVIEW_ROUNDS:-150}" \
        OVERVIEW_BENCH="${OVERVIEW_BENCH:-}" OVERVIEW_MINUTES="${OVERVIEW_MINUTES:-}" \
        swift test "${only_swift[@]}" --package-path tests/swift --scratch-path "$target/swift"
    echo "boundary: the Swift suite passed in $((SECONDS - begun)) s"
}

for suite in "${suites[@]}"; do "run_$suite"; done
