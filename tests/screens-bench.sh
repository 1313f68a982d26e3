#!/usr/bin/env bash
# Usage: screens-bench.sh
# What a frame of the screens costs off-screen, and what a start costs by phase, on the optimised library.
set -euo pipefail
cd "$(dirname "$0")/.."
export OVERVIEW_PROFILE=${OVERVIEW_PROFILE:-release} OVERVIEW_ONLY=ScreensBench
tests/suites.sh kotlin | grep -oE 'bench .*|.*(passed|SKIPPED).*'
