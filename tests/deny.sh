#!/bin/sh
# Licences, sources and bans of every dependency, and known advisories where their list can be
# fetched. Needs cargo-deny; a contributor without it is told so.
set -eu
cd "$(dirname "$0")/.."
if ! cargo deny --version >/dev/null 2>&1; then
    echo "deny: SKIPPED, cargo-deny is not installed (cargo install --locked cargo-deny)"
    exit 0
fi
cargo deny --locked --offline check bans licenses sources
if cargo deny --locked fetch db >/dev/null 2>&1; then
    cargo deny --locked check advisories
else
    echo "deny: advisories SKIPPED, their list cannot be fetched from here"
fi
