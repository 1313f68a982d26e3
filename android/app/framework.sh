#!/usr/bin/env bash
# Usage: framework.sh TARGET
# Debian's framework resources are those of Android 10, and its aapt2 reads no newer ones. The few
# attributes since then that our manifest and AndroidX use are written here as one more package of the
# framework, by the numbers that android.R gives them: TARGET/newer.apk, to be linked beside Debian's.
set -euo pipefail
out=$1/newer
mkdir -p "$out/res/values"
printf '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="android"/>\n' >"$out/AndroidManifest.xml"
{
    echo '<resources>'
    while read -r number name format; do
        echo "<attr name=\"$name\" format=\"$format\"/><public type=\"attr\" name=\"$name\" id=\"$number\"/>"
    done <<'X'
0x0101063e dataExtractionRules reference
0x01010647 lStar float
0x0101065b localeConfig reference
0x0101066c enableOnBackInvokedCallback boolean
X
    echo '</resources>'
} >"$out/res/values/values.xml"
aapt2 compile --dir "$out/res" -o "$out/res.zip"
aapt2 link -x --auto-add-overlay --manifest "$out/AndroidManifest.xml" -R "$out/res.zip" -o "$1/newer.apk"
