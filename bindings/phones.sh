#!/usr/bin/env bash
# Usage: phones.sh [android] [ios]   (both when none is named)
# Compiles the static library for phones, with the profile that phones get or that of OVERVIEW_PROFILE, to
# see that all of it does. The C in it (SQLite, ring, zstd) is compiled by zig, which stands in for the NDK and Xcode:
# never ship what comes of it.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/overview
zig_version=0.17.0
profile=${OVERVIEW_PROFILE:-phone}
phones=("$@")
[ $# -gt 0 ] || phones=(android ios)

# From PyPI into a folder of its own, once.
zig=$cache/zig-$zig_version
if [ ! -e "$zig/.done" ]; then
    python3 -m venv "$zig" >&2
    "$zig/bin/pip" install --quiet "ziglang==$zig_version" >&2
    touch "$zig/.done"
fi
zig_folder=$("$zig/bin/python" -c 'import os, ziglang; print(os.path.dirname(ziglang.__file__))')
include=$zig_folder/lib/libc/include
tools=$target/phones
mkdir -p "$tools"

# cc and ar for one target: zig takes its own name of it, and no other compiler's switches.
write_tools() {
    local name=$1 drop=$2 arguments=$3
    cat >"$tools/$name-cc" <<X
#!/usr/bin/env bash
arguments=()
while [ \$# -gt 0 ]; do
    case "\$1" in
    $drop) ;;
    -arch | -isysroot) shift ;;
    *) arguments+=("\$1") ;;
    esac
    shift
done
exec "$zig_folder/zig" cc $arguments -fno-sanitize=all -g0 "\${arguments[@]}"
X
    printf '#!/bin/sh\nexec "%s/zig" ar "$@"\n' "$zig_folder" >"$tools/$name-ar"
    chmod +x "$tools/$name-cc" "$tools/$name-ar"
}

# One of the crates below declares itself a shared library too, which nobody uses: linking it would
# need a phone's linker. An empty file stands for it.
cat >"$tools/no-linker" <<'X'
#!/usr/bin/env bash
while [ $# -gt 0 ]; do
    [ "$1" = -o ] && : >"$2"
    shift
done
X
chmod +x "$tools/no-linker"

build() {
    local name=$1 triple=$2
    rustup target list --installed | grep -qx "$triple" || rustup target add "$triple"
    local variable=${triple//-/_}
    env "CARGO_TARGET_${variable^^}_LINKER=$tools/no-linker" "CC_$variable=$tools/$name-cc" \
        "AR_$variable=$tools/$name-ar" ZIG_GLOBAL_CACHE_DIR="$tools/zig" \
        IPHONEOS_DEPLOYMENT_TARGET=17.0 SDKROOT="$tools" \
        "${CARGO:-cargo}" rustc --locked --profile "$profile" --target "$triple" -p overview-bindings \
        --lib --crate-type staticlib
    local library=$target/$triple/${profile/dev/debug}/liboverview_bindings.a
    printf 'phones: %s: %s bytes before linking\n' "$triple" "$(wc -c <"$library")"
}

for phone in "${phones[@]}"; do
    case "$phone" in
    android)
        write_tools android '--target=*|-mlink*' "-target aarch64-linux-android.26 \
-isystem $include/aarch64-linux-musl -isystem $include/generic-musl \
-isystem $include/aarch64-linux-any -isystem $include/any-linux-any -D__errno_location=__errno"
        build android aarch64-linux-android
        ;;
    ios)
        write_tools ios '--target=*|-miphoneos-version-min=*|-mios-version-min=*' \
            "-target aarch64-ios.17.0 -isystem $include/any-darwin-any"
        build ios aarch64-apple-ios
        ;;
    esac
done
