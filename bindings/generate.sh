#!/usr/bin/env bash
# Usage: generate.sh [FEATURES]      (OVERVIEW_PROFILE=release for the optimised library)
# Builds the library and writes its Kotlin and Swift where their packages expect them; git ignores
# both. The library itself goes to target/bindings.
set -euo pipefail
cd "$(dirname "$0")/.."
features=${1:-}
profile=${OVERVIEW_PROFILE:-debug}
release=()
[ "$profile" = debug ] || release=(--release)
target=${CARGO_TARGET_DIR:-target}
# Together, so that both see one set of features and nothing is built twice.
${CARGO:-cargo} build "${release[@]}" --locked -p overview-bindings -p overview-bindgen ${features:+--features "overview-bindings/$features"}

case "$(uname -s)" in
Darwin) library=liboverview_bindings.dylib ;;
*) library=liboverview_bindings.so ;;
esac
mkdir -p "$target/bindings"
cp "$target/$profile/$library" "$target/bindings/$library"

# Replaced only when they change: the compilers of both languages look at the time of a file.
place() {
    mkdir -p "$(dirname "$2")"
    cmp -s "$1" "$2" || cp "$1" "$2"
}
new=$target/bindings/new
rm -rf "$new"
generate() {
    "$target/$profile/uniffi-bindgen" generate --language "$1" --no-format --out-dir "$new/$1" \
        "$target/$profile/$library"
}
generate kotlin
"$target/$profile/quick-reading" "$new/kotlin/app/overview/bindings/overview.kt"
place "$new/kotlin/app/overview/bindings/overview.kt" \
    android/bindings/generated/app/overview/bindings/overview.kt
generate swift
"$target/$profile/quick-reading" "$new/swift/OverviewBindings.swift"
package=ios/Packages/Overview/Sources
place "$new/swift/OverviewBindings.swift" "$package/OverviewBindings/Generated/OverviewBindings.swift"
place "$new/swift/OverviewFFI.h" "$package/OverviewFFI/OverviewFFI.h"
"$target/$profile/kit-strings" kit-strings android/kit/generated/app/overview/kit/Words.kt \
    "$package/OverviewKit/Generated/Words.swift"
