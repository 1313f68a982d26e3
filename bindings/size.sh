#!/usr/bin/env bash
# Usage: size.sh [android] [ios]   (both when none is named)
# What the library weighs in an app: compiled by phones.sh, linked and stripped as an app would have
# it, and what each large part of it costs. Fails when a symbol is taken that a phone does not export
# (bionic.txt), when a segment is not aligned to the 16 KB pages of newer phones, when another library
# than the system's is needed, or when it weighs more than the goal.
# Android: ld.lld against empty stand-ins for the system's libraries. iOS: ld64.lld; size only, because
# there is no list of Apple's symbols. Never ship what comes of it.
set -euo pipefail
cd "$(dirname "$0")/.."
goal=7000000
target=${CARGO_TARGET_DIR:-$PWD/target}
out=$target/phones/linked
phones=("$@")
[ $# -gt 0 ] || phones=(android ios)
bindings/phones.sh "${phones[@]}"
mkdir -p "$out"
bin=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/gcc-ld
PATH=$(dirname "$bin"):$PATH
cache=${XDG_CACHE_HOME:-$HOME/.cache}/overview
zig_folder=$(echo "$cache"/zig-*/lib/python*/site-packages/ziglang)

weigh() {
    local name=$1 whole=$2 stripped=$3
    local bytes packed
    bytes=$(wc -c <"$stripped")
    packed=$(gzip -9c "$stripped" | wc -c)
    printf '%s: stripped %s bytes, gzip %s bytes\n' "$name" "$bytes" "$packed"
    python3 bindings/parts.py "$whole"
    [ "$bytes" -lt "$goal" ] || { echo "size: $name weighs more than $goal bytes" >&2; exit 1; }
}

android() {
    local library=$target/aarch64-linux-android/phone/liboverview_bindings.a
    local unwind=$out/unwind file stubs=$out/stubs
    mkdir -p "$unwind" "$stubs"
    # The unwinder of LLVM, which the NDK links into every library.
    for file in libunwind.cpp UnwindLevel1.c UnwindLevel1-gcc-ext.c UnwindRegistersRestore.S UnwindRegistersSave.S; do
        local language='-x c -std=c11'
        case "$file" in
        *.cpp) language='-x c++ -std=c++17 -nostdinc++ -fno-exceptions -fno-rtti' ;;
        *.S) language='-x assembler-with-cpp' ;;
        esac
        # shellcheck disable=SC2086
        "$target/phones/android-cc" $language -Wno-unused-command-line-argument -Os -fPIC -fvisibility=hidden -funwind-tables -DNDEBUG \
            -D_LIBUNWIND_IS_NATIVE_ONLY -I"$zig_folder/lib/libunwind/include" \
            -c "$zig_folder/lib/libunwind/src/$file" -o "$unwind/$file.o"
    done
    local part='' word
    rm -f "$stubs"/*
    while read -r line; do
        case "$line" in
        '#'* | '') continue ;;
        *.so) part=$line; : >"$stubs/$part.s"; continue ;;
        esac
        for word in $line; do printf '.globl %s\n.type %s,@function\n%s:\n' "$word" "$word" "$word" >>"$stubs/$part.s"; done
    done <bindings/bionic.txt
    local stub
    for stub in "$stubs"/*.s; do
        "$target/phones/android-cc" -Wno-unused-command-line-argument -x assembler -c "$stub" -o "$stub.o"
        "$bin/ld.lld" -shared -soname "$(basename "$stub" .s)" "$stub.o" -o "${stub%.s}"
    done
    printf '{ global: uniffi_*; ffi_*; UNIFFI_*; local: *; };\n' >"$out/exports"
    link_android() {
        "$bin/ld.lld" -shared -m aarch64linux --gc-sections --no-undefined --as-needed \
            -z max-page-size=16384 -z common-page-size=16384 --build-id=none --eh-frame-hdr -O2 --icf=all --pack-dyn-relocs=android \
            --version-script "$out/exports" --whole-archive "$library" --no-whole-archive \
            "$unwind"/*.o "$stubs"/*.so -soname liboverview_bindings.so "$@"
    }
    link_android -o "$out/whole.so"
    link_android --strip-all -o "$out/liboverview_bindings.so"
    local needed unaligned
    needed=$(readelf -d "$out/liboverview_bindings.so" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | sort | tr '\n' ' ')
    printf 'android: needs %s\n' "$needed"
    for word in $needed; do
        case "$word" in libc.so | libm.so | libdl.so | liblog.so) ;; *) echo "size: needs $word" >&2; exit 1 ;; esac
    done
    unaligned=$(readelf -lW "$out/liboverview_bindings.so" | awk '$1 == "LOAD" && $NF != "0x4000"')
    [ -z "$unaligned" ] || { echo "size: not aligned to 16 KB: $unaligned" >&2; exit 1; }
    weigh android "$out/whole.so" "$out/liboverview_bindings.so"
}

ios() {
    local library=$target/aarch64-apple-ios/phone/liboverview_bindings.a
    # What Swift calls; the descriptions that the generator reads go.
    printf '_uniffi_*\n_ffi_*\n' >"$out/exports.ios"
    link_ios() {
        "$bin/ld64.lld" -arch arm64 -platform_version ios 17.0 17.0 -dylib -dead_strip -all_load \
            -exported_symbols_list "$out/exports.ios" -undefined dynamic_lookup "$library" "$@"
    }
    link_ios -o "$out/whole.dylib"
    link_ios -x -S -o "$out/liboverview_bindings.dylib"
    weigh ios "$out/whole.dylib" "$out/liboverview_bindings.dylib"
}

for phone in "${phones[@]}"; do "$phone"; done
