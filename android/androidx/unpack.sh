#!/usr/bin/env bash
# Usage: unpack.sh TARGET
# Takes TARGET/aar/*.aar apart: their classes go to TARGET/classes, their compiled resources to
# TARGET/resources, their packages to TARGET/packages, their shrinker rules to TARGET/rules.pro.
set -euo pipefail
cd "$1"
archives=$(cd aar && sha256sum -- *.aar)
if [ -f unpacked ] && [ "$(cat unpacked)" = "$archives" ]; then exit 0; fi
rm -rf open resources packages rules.pro unpacked
mkdir -p open resources classes
: >rules.pro
for archive in aar/*.aar; do
    name=$(basename "$archive" .aar)
    folder=open/$name
    unzip -q -o "$archive" -d "$folder"
    for jar in "$folder"/classes.jar "$folder"/libs/*.jar; do
        # Some have no class at all, which unzip calls a warning.
        [ ! -f "$jar" ] || unzip -q -o "$jar" -d classes 2>/dev/null || [ $? = 1 ]
    done
    [ ! -f "$folder/proguard.txt" ] || cat "$folder/proguard.txt" >>rules.pro
    if [ -d "$folder/res" ]; then
        aapt2 compile --dir "$folder/res" -o "resources/$name.zip"
    fi
    if [ -s "$folder/R.txt" ]; then
        sed -n 's/.*package="\([^"]*\)".*/\1/p' "$folder/AndroidManifest.xml" | head -1 >>packages
    fi
done
rm -rf open
echo "$archives" >unpacked
