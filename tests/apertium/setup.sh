#!/bin/sh
# Installs Apertium APy and its pairs from Spanish, Catalan, Macedonian and Icelandic to English from
# Debian, for tests, and prints the folder of its modes. Does nothing where they are; only root can
# install. About 40 MB, GPL: neither linked nor shipped.
set -eu
folder=/usr/share/apertium
is_complete() {
    for program in apertium-apy ip unshare; do
        command -v "$program" >/dev/null 2>&1 || return 1
    done
    for language in spa cat mkd isl; do
        [ -e "$folder/modes/$language-eng.mode" ] || return 1
    done
}
PATH=$PATH:/usr/sbin:/sbin
if ! is_complete; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "apertium: as root on Debian: apt-get install apertium-apy apertium-eng-spa" \
            "apertium-eng-cat apertium-mkd-eng apertium-isl-eng iproute2" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=300 update >&2
    apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends \
        apertium-apy apertium-eng-spa apertium-eng-cat apertium-mkd-eng apertium-isl-eng \
        iproute2 util-linux >&2
    is_complete || { echo "apertium: something is missing after installing" >&2; exit 1; }
fi
echo "$folder"
