#!/usr/bin/env bash
# Usage: setup.sh
# Unpacks Debian 13's Swift 6 into a folder of its own and prints that folder. Nothing is installed
# on the host: the folder is a root that in-root.sh runs commands in.
# Idempotent: a finished root carries the number of the recipe that made it.
set -euo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/overview
root=${OVERVIEW_SWIFT_ROOT:-$cache/swift-debian13}
recipe=1
here=$(cd "$(dirname "$0")" && pwd)

finished() { [ "$(cat "$root/.recipe" 2>/dev/null || true)" = "$recipe" ]; }
missing() { echo "swift: $1" >&2; exit 3; }

if finished; then echo "$root"; exit 0; fi
[ "$(uname -s)" = Linux ] || missing "this set-up is for Linux; elsewhere install Swift 6"
for tool in apt-get dpkg-deb dpkg unshare chroot flock; do
    command -v "$tool" >/dev/null || missing "$tool is missing: the packages come from Debian"
done
architecture=$(dpkg --print-architecture)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || missing "$keyring is missing: install debian-archive-keyring"
# The mirror that this machine uses already.
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    grep -v security | head -1)}
[ -n "$mirror" ] || missing "apt knows no mirror; set DEBIAN_MIRROR"

mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9 # two runs at once: the second waits
if finished; then echo "$root"; exit 0; fi

part=$root.part
apt=$part/.apt
rm -rf "$root" "$part"
mkdir -p "$apt"/etc/{apt.conf.d,preferences.d,sources.list.d,trusted.gpg.d} \
    "$apt"/state/lists/partial "$apt"/cache/archives/partial
: >"$apt/status"
echo "deb [signed-by=$keyring] $mirror trixie main" >"$apt/etc/sources.list"
# Proxy and certificates of the host's apt, without its hooks, which would clean the host's cache.
for settings in /etc/apt/apt.conf.d/*; do
    grep -qi invoke "$settings" || cp "$settings" "$apt/etc/apt.conf.d/"
done
cat >"$apt/apt.conf" <<X
Dir::Etc "$apt/etc"; Dir::Etc::parts "$apt/etc/apt.conf.d"; Dir::State "$apt/state";
Dir::State::status "$apt/status"; Dir::Cache "$apt/cache";
APT::Sandbox::User "root"; APT::Architecture "$architecture"; APT::Architectures { "$architecture"; };
APT::Install-Recommends "false"; Acquire::Languages "none"; Acquire::Retries "3"; Debug::NoLocking "1";
X
export APT_CONFIG=$apt/apt.conf
apt-get -qq -y update >&2
apt-get -qq -y -d install swiftlang libc6-dev libstdc++-14-dev gcc bash coreutils ca-certificates \
    tzdata >&2

# The files only: no maintainer script runs, so nothing is configured and nothing touches the host.
mkdir -p "$part"/usr/{bin,sbin,lib,lib64} "$part"/{proc,dev,sys,tmp,root,run,etc,var/tmp}
for folder in bin sbin lib lib64; do ln -sfn "usr/$folder" "$part/$folder"; done
chmod 1777 "$part/tmp" "$part/var/tmp"
# Documentation, debugger and language server: half of the size, and nothing a test needs.
unwanted=(
    './usr/share/doc/*' './usr/share/man/*' './usr/share/locale/*' './usr/lib/*/gconv/*'
    './usr/libexec/swift/lib/liblldb.so*' './usr/libexec/swift/bin/lldb*'
    './usr/libexec/swift/bin/clangd' './usr/libexec/swift/bin/sourcekit-lsp'
    './usr/libexec/swift/bin/docc' './usr/libexec/swift/lib/libsourcekitdInProc.so'
    './usr/libexec/swift/lib/libLTO.so*' './usr/libexec/swift/lib/swift/embedded'
    './usr/libexec/swift/lib/swift_static'
)
for package in "$apt"/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
        tar -x -C "$part" --keep-directory-symlink --no-same-owner "${unwanted[@]/#/--exclude=}"
done
ln -sfn ../libexec/swift/bin/swift "$part/usr/bin/swift"
printf 'root:x:0:0:root:/root:/bin/bash\n' >"$part/etc/passwd"
printf 'root:x:0:\n' >"$part/etc/group"
printf 'hosts: files\n' >"$part/etc/nsswitch.conf"
printf '127.0.0.1 localhost\n' >"$part/etc/hosts"
ln -sfn /usr/share/zoneinfo/UTC "$part/etc/localtime"
OVERVIEW_SWIFT_ROOT=$part "$here/in-root.sh" "$apt" swiftc --version >&2
rm -rf "$apt"
echo "$recipe" >"$part/.recipe"
mv "$part" "$root"
echo "$root"
