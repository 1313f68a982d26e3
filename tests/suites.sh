#!/usr/bin/env bash
# Usage: suites.sh [kotlin] [android] [swift]   (all when none is named)
# Runs the suites above the core on the real library and a world on loopback: the boundary, the kit and
# the screens in Kotlin, the app of the phone (the real Activity, without a phone), the boundary and the
# kit in Swift. Says what it skips where a toolchain cannot be had, and fails instead when CI is set.
#
# OVERVIEW_ONLY=PicturesTest,ScenariosTest   some classes of the suites
# OVERVIEW_MAVEN="-DskipTests"               more for Maven
# OVERVIEW_PROFILE=release                   the optimised library and what is timed: see boundary-bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
target=${CARGO_TARGET_DIR:-$repository/target}
suites=" $* "
[ $# -gt 0 ] || suites=" kotlin android swift "

wanted() { [[ $suites == *" $1 "* ]]; }

# missing SUITE WHAT: goes on without the suite.
missing() {
    if [ -n "${CI:-}" ]; then
        echo "suites: $2; CI needs it" >&2
        exit 1
    fi
    echo "suites: SKIPPED $1: $2"
    suites=${suites/ $1 / }
}

# needs SUITE WHERE-IT-COMES-FROM TOOL...
needs() {
    local suite=$1 from=$2 tool
    shift 2
    wanted "$suite" || return 0
    for tool; do
        command -v "$tool" >/dev/null && continue
        missing "$suite" "$tool is missing ($from)"
        return
    done
}

needs kotlin "Java 17 and Maven" java mvn
needs android "Java 17, Maven, and Debian's aapt and android-framework-res" java mvn aapt2 unzip
in_root=()
if wanted swift && ! command -v swift >/dev/null; then
    status=0
    if [ "$(uname -s)" = Linux ]; then
        # 3 says that this machine is not one that it can be had on.
        tests/swift/setup.sh >/dev/null || status=$?
        # The target folder may be elsewhere.
        in_root=(env OVERVIEW_ALSO="$target" tests/swift/in-root.sh "$repository")
        [ "$status" = 0 ] || missing swift "Swift 6 could not be set up (exit $status)"
    else
        missing swift "swift is missing (Swift 6)"
    fi
fi
[[ $suites == *[a-z]* ]] || exit 0

profile=${OVERVIEW_PROFILE:-debug}
only_maven=() only_swift=()
if [ -n "${OVERVIEW_ONLY:-}" ]; then
    only_maven=("-Dtest=$OVERVIEW_ONLY" -Dsurefire.failIfNoSpecifiedTests=false)
    only_swift=(--filter "${OVERVIEW_ONLY//,/|}")
fi
if [ "$profile" = release ]; then
    only_maven=("-Dtest=${OVERVIEW_ONLY:-BoundaryBench}" -Dsurefire.failIfNoSpecifiedTests=false)
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
    echo "suites: CI must be able to mount a small disk" >&2
    exit 1
fi
await_world "$world"

# In one run, so that what both need is compiled once, and two modules at a time. What is timed runs alone.
if wanted kotlin || wanted android; then
    begun=$SECONDS
    modules=()
    wanted android && modules+=(-Pandroid)
    wanted kotlin || modules+=(-pl "bindings,kit,androidx,app")
    [ "$profile" = release ] || modules+=(-T 2)
    read -ra more <<<"${OVERVIEW_MAVEN:-}"
    # No daemon: it would outlive this script, or end in the middle of another.
    mvn -q -B -f android/pom.xml test "${modules[@]}" "${only_maven[@]}" "${more[@]}" -Dkotlin.compiler.daemon=false \
        -Doverview.libraries="$target/bindings" -Doverview.world="$world" \
        -Doverview.scenarios="$repository/tests/kits/scenarios.json"
    did=passed
    [[ " ${more[*]} " != *" -DskipTests "* ]] || did="was compiled, not run"
    ! wanted kotlin || echo "suites: the Kotlin suite $did"
    ! wanted android || echo "suites: the suite of the app $did"
    echo "suites: Maven took $((SECONDS - begun)) s"
fi

if wanted swift; then
    begun=$SECONDS
    "${in_root[@]}" env OVERVIEW_LIBRARIES="$target/bindings" OVERVIEW_WORLD="$world" \
        OVERVIEW_SCENARIOS="$repository/tests/kits/scenarios.json" \
        OVERVIEW_ROUNDS="${OVERVIEW_ROUNDS:-150}" \
        OVERVIEW_BENCH="${OVERVIEW_BENCH:-}" OVERVIEW_MINUTES="${OVERVIEW_MINUTES:-}" \
        swift test "${only_swift[@]}" --package-path tests/swift --scratch-path "$target/swift"
    echo "suites: the Swift suite passed in $((SECONDS - begun)) s"
fi
