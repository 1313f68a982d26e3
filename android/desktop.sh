#!/usr/bin/env bash
# Usage: desktop.sh [DATA_DIR]
# The phone's screens in a window: on the sample world, or with a folder on the person's own news.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in java mvn; do
    command -v "$tool" >/dev/null || { echo "desktop: $tool is missing (Java 17 and Maven)" >&2; exit 1; }
done
target=${CARGO_TARGET_DIR:-$PWD/target}
bindings/generate.sh
if [ $# -gt 0 ]; then
    data=$1 world=
else
    data=$target/desktop/data world=$target/desktop/world
    # The addresses of the world are new each time.
    rm -rf "$target/desktop"
    mkdir -p "$data" "$world"
    ${CARGO:-cargo} build --locked -p overview-tests --bin boundary-world
    . tests/world.sh
    start_world "$world"
    await_world "$world"
fi
classpath=$target/desktop.classpath
build() {
    # Written for one module after the other: the last is the desktop's.
    mvn -q -B -f android/pom.xml -pl desktop -am "$@" -Dkotlin.compiler.daemon=false package -DskipTests \
        dependency:build-classpath -Dmdep.outputFile="$classpath" -Dmdep.includeScope=runtime
}
build || { echo "desktop: trying Google's repository for what Compose needs of androidx" >&2; build -Pgoogle; }
exec java -Djna.library.path="$target/bindings" -cp "android/desktop/target/classes:$(cat "$classpath")" \
    app.overview.desktop.MainKt "$data" ${world:+"$world"}
