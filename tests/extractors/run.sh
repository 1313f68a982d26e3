#!/bin/sh
# Overview's extractor beside others on the same pages: speed and F1 in one run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
shared=${OVERVIEW_SHARED:-$here/../../../shared}
if [ ! -d "$shared/data" ]; then
    echo "extractors: no pages at $shared/data, skipped"
    exit 0
fi
cargo build --release --locked --manifest-path "$here/Cargo.toml"
extractors=${CARGO_TARGET_DIR:-$here/target}/release/overview-extractors
sets="fundus-evaluation fundus-pages article-extraction-benchmark"
cd "$shared/data"
# shellcheck disable=SC2086 # the names are words
"$extractors" time $sets
for set in $sets; do
    for name in overview dom_smoothie trafilatura rs-trafilatura; do
        score=$(python3 "$shared/tools/extract_score.py" "$shared/data/$set" -- "$extractors" text "$name" | tail -1)
        printf '%-30s%-16s%s\n' "$set" "$name" "$score"
    done
done
