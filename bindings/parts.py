#!/usr/bin/env python3
"""Usage: parts.py LIBRARY. What the parts of a linked library cost.

Code is counted by symbol: a Rust function belongs to the crate that its name begins with, also where
it is generic and was made for another; C by the prefix of its library. Constants are in sections
without names of their own and are counted by section."""

import collections
import re
import subprocess
import sys

C = {
    "sqlite3": "SQLite", "fts5": "SQLite", "fts3": "SQLite", "rtree": "SQLite", "btree": "SQLite",
    "vdbe": "SQLite", "pager": "SQLite", "json": "SQLite", "wal": "SQLite", "unix": "SQLite",
    "zstd": "zstd", "huf": "zstd", "fse": "zstd", "xxh": "zstd", "ring": "ring", "unw": "libunwind",
    "yy": "SQLite", "xinput": "SQLite", "sub": "SQLite", "porter": "SQLite",
}


def part(name):
    """Whose code a symbol is."""
    name = name.lstrip("_")
    if re.match(r"ZN\d", name):
        # Legacy: the first path, or the first in `<T as Trait>`.
        inner = re.match(r"ZN(\d+)", name)
        first = name[inner.end() : inner.end() + int(inner.group(1))]
        known = re.search(r"(?:\$LT\$|_|\$)([a-z][a-z0-9_]*)\.\.", first)
        return known.group(1) if known else first
    if name.startswith("R"):
        # v0: the first crate that is named.
        found = re.search(r"Cs[0-9A-Za-z]+_(\d+)_?([a-z][a-z0-9_]*)", name)
        return found.group(2)[: int(found.group(1))] if found else "Rust"
    if name.startswith(("uniffi_", "ffi_")):
        return "overview_bindings"
    for prefix, library in C.items():
        if name.lower().startswith(prefix):
            return library
    return "other C"


def main():
    library = sys.argv[1]
    sections = subprocess.run(["llvm-size", "-A", library], capture_output=True, text=True).stdout
    listed = [line.split() for line in sections.splitlines()]
    sizes = [(row[0], int(row[1])) for row in listed if len(row) >= 2 and row[1].isdigit()]
    symbols = subprocess.run(
        ["llvm-nm", "--print-size", "--size-sort", library], capture_output=True, text=True).stdout
    parts = collections.Counter()
    for line in symbols.splitlines():
        row = line.split()
        if len(row) == 4 and row[2] in "tTwW":
            parts[part(row[3])] += int(row[1], 16)
    print("  code by part, kB:")
    for name, size in parts.most_common(24):
        print(f"    {size / 1000:8.0f}  {name}")
    print(f"    {sum(size for _, size in parts.most_common()[24:]) / 1000:8.0f}  all others")
    data = [row for row in (line.split() for line in symbols.splitlines()) if len(row) == 4]
    data = sorted(((int(row[1], 16), row[3]) for row in data if row[2] in "rRdDvV"), reverse=True)
    print("  the largest constants, kB:")
    for size, name in data[:10]:
        print(f"    {size / 1000:8.0f}  {name[-70:]}")
    print("  sections, kB:")
    for name, size in sorted(sizes, key=lambda row: -row[1])[:8]:
        print(f"    {size / 1000:8.0f}  {name}")


main()
