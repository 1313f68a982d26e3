#!/usr/bin/env bash
# Usage: in-root.sh FOLDER COMMAND...
# Runs a command with the Swift root as / and FOLDER, and what OVERVIEW_ALSO names, at their own
# paths. The mounts live in a private
# namespace and are gone with it. The environment is cleared: pass variables with `env`.
set -euo pipefail
export root=${OVERVIEW_SWIFT_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/overview/swift-debian13}
folder=$(realpath "$1")
export folder
shift
also=${OVERVIEW_ALSO:+$(realpath "$OVERVIEW_ALSO")}
export also
namespace=(--mount --propagation private)
[ "$(id -u)" = 0 ] || namespace+=(--map-root-user)
# /proc: the compiler finds its libraries by its own path.
exec unshare "${namespace[@]}" bash -euc '
    mount --rbind "$root" "$root"
    mount --rbind /proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/tmp"
    mkdir -p "$root$folder"
    mount --rbind "$folder" "$root$folder"
    if [ -n "$also" ]; then
        mkdir -p "$root$also"
        mount --rbind "$also" "$root$also"
    fi
    exec env -i HOME=/root PATH=/usr/bin:/usr/sbin LANG=C.UTF-8 TZ="${TZ:-UTC}" CI="${CI:-}" \
        chroot "$root" /usr/bin/env -C "$folder" "$@"' in-root "$@"
