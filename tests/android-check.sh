#!/usr/bin/env bash
# Usage: android-check.sh
# What can be proved of the package without Gradle and the SDK, from what tests/suites.sh compiled: all
# of it passes R8 with our rules, what is found by name keeps its name, resources, code and native libraries
# make one package, which is aligned to pages of 16 KB, signed with a key of the moment and verified.
# The package is target/android/overview-check.apk: to be looked at, never to be shipped.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
out=$target/android
app=android/app/target

for tool in java mvn aapt2 unzip zipalign apksigner keytool python3; do
    command -v "$tool" >/dev/null && continue
    said="$tool is missing (Java 17, Maven, and Debian's aapt, zipalign and apksigner)"
    if [ -n "${CI:-}" ]; then
        echo "android-check: $said; CI needs it" >&2
        exit 1
    fi
    echo "android-check: SKIPPED: $said"
    exit 0
done
[ -s "$app/runtime.classpath" ] || { echo "android-check: run tests/suites.sh first" >&2; exit 1; }

version() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" android/gradle/libs.versions.toml; }
r8=$(version r8) jna=$(version jna)
rm -rf "$out"
mkdir -p "$out/package/lib/arm64-v8a" "$out/jna" "$out/dex"
fetch() {
    [ -f "$target/android-tools/$2" ] ||
        mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -Dartifact="$1" -DoutputDirectory="$target/android-tools"
}
fetch "com.android.tools:r8:$r8" "r8-$r8.jar"
# As a phone has it: with its library for each processor.
fetch "net.java.dev.jna:jna:$jna:aar" "jna-$jna.aar"
unzip -q "$target/android-tools/jna-$jna.aar" -d "$out/jna"

program=() android_all=
while read -r path; do
    case "$path" in
    */net/java/dev/jna/*) program+=("$out/jna/classes.jar") ;;
    *.jar) program+=("$path") ;;
    *)
        name=$(basename "$(dirname "$(dirname "$path")")")
        jar --create --file "$out/$name.jar" --date=2020-01-01T00:00:00Z -C "$path" .
        program+=("$out/$name.jar")
        ;;
    esac
done < <(tr ':' '\n' <"$app/runtime.classpath")
jar --create --file "$out/app.jar" -C "$app/classes" .
program+=("$out/app.jar")
android_all=$(tr ':' '\n' <"$app/compile.classpath" | grep /android-all-)

echo "android-check: R8 $r8"
java -Xmx2g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$target/android-tools/r8-$r8.jar" com.android.tools.r8.R8 --release --min-api 26 \
    --lib "$android_all" --lib "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}" \
    --pg-conf android/androidx/target/rules.pro --pg-conf "$app/manifest.pro" --pg-conf android/app/proguard-rules.pro \
    --pg-map-output "$out/mapping.txt" --output "$out/dex" "${program[@]}" >"$out/r8.log" 2>&1 || { grep -v '^Info' "$out/r8.log" >&2; exit 1; }

cp "$out/jna/jni/arm64-v8a/libjnidispatch.so" "$out/package/lib/arm64-v8a/"
native=$target/phones/linked/liboverview_bindings.so
if [ -f "$native" ]; then
    cp "$native" "$out/package/lib/arm64-v8a/"
else
    echo "android-check: WITHOUT the library for arm64, which 'make size' compiles: the package starts nowhere"
fi
cp "$out"/dex/*.dex "$out/package/"
python3 tests/android-package.py assemble "$app/resources.apk" "$out/package" "$out/unaligned.apk"
# Debian's knows no -P 16: everything that is not compressed begins at a page.
zipalign -f 16384 "$out/unaligned.apk" "$out/overview-check.apk"
keytool -genkeypair -keystore "$out/debug.keystore" -storepass android -alias debug -keyalg RSA -keysize 2048 \
    -validity 1 -dname 'CN=A key of the moment' 2>/dev/null
apksigner sign --ks "$out/debug.keystore" --ks-pass pass:android --min-sdk-version 26 --v1-signing-enabled false "$out/overview-check.apk"
zipalign -c 16384 "$out/overview-check.apk"
apksigner verify --min-sdk-version 26 "$out/overview-check.apk"
python3 tests/android-package.py verify "$out/overview-check.apk" "$out/mapping.txt"
echo "android-check: the package holds together, after $SECONDS s"
