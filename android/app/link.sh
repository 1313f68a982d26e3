#!/usr/bin/env bash
# Usage: link.sh ANDROIDX_TARGET TARGET
# Compiles our resources and links them and the manifest with those of AndroidX: R.java goes to
# TARGET/r, the package of resources to TARGET/resources.apk. As Gradle does it on a machine with the SDK.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
libraries=$1 target=$2
framework=${OVERVIEW_FRAMEWORK:-/usr/share/android-framework-res/framework-res.apk}
mkdir -p "$target/r"
"$here/framework.sh" "$target"
# Gradle takes the package from the build file and refuses it here; aapt2 asks for it.
sed 's/<manifest /<manifest package="app.overview" /' "$here/src/main/AndroidManifest.xml" >"$target/AndroidManifest.xml"
aapt2 compile --dir "$here/src/main/res" -o "$target/res.zip"
given=()
for resources in "$libraries"/resources/*.zip; do given+=(-R "$resources"); done
aapt2 link --auto-add-overlay -I "$framework" -I "$target/newer.apk" --manifest "$target/AndroidManifest.xml" \
    --min-sdk-version 26 --target-sdk-version 35 --version-code 1 --version-name 0.1.0 \
    --compile-sdk-version-code 35 --compile-sdk-version-name 15 \
    --extra-packages "$(paste -sd: "$libraries/packages")" \
    --java "$target/r" --proguard "$target/manifest.pro" "${given[@]}" -R "$target/res.zip" -o "$target/resources.apk"
