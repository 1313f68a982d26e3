#!/usr/bin/env bash
# Usage: boundary-bench.sh [kotlin] [swift]   (both when none is named)
# What it costs to cross to Kotlin and Swift: both suites' bench, on the optimised library.
set -euo pipefail
cd "$(dirname "$0")/.."
export OVERVIEW_PROFILE=release OVERVIEW_BENCH=1
[ $# -gt 0 ] || set -- kotlin swift
tests/suites.sh "$@" | grep -oE 'bench .*|.*(passed|SKIPPED).*'
