"""Usage: android-package.py assemble RESOURCES.apk FOLDER OUT.apk | verify PACKAGE.apk MAPPING.txt

Puts resources, code and native libraries of the app into one package, the same bytes each time, and
looks at what came of it: see android-check.sh."""

import pathlib
import struct
import sys
import zipfile

# The one that Gradle writes, too: a package says nothing of when it was made.
MOMENT = (1981, 1, 1, 1, 1, 2)
PAGE = 16_384
# Found by these names: by the system, by JNA, by the library itself.
KEPT = [
    "app.overview.app.App",
    "app.overview.app.MainActivity",
    "app.overview.app.BackgroundService",
    "app.overview.bindings.RustBuffer",
    "app.overview.bindings.UniffiLib",
    "com.sun.jna.Native",
    "com.sun.jna.Structure",
    "com.sun.jna.Pointer",
]


def assemble(resources, folder, out):
    entries = {}
    with zipfile.ZipFile(resources) as package:
        for name in package.namelist():
            entries[name] = (package.read(name), package.getinfo(name).compress_type)
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file():
            # Native libraries are read where they lie, and code too where there is room.
            kind = zipfile.ZIP_STORED if path.suffix == ".so" else zipfile.ZIP_DEFLATED
            entries[path.relative_to(folder).as_posix()] = (path.read_bytes(), kind)
    # Android 11 refuses a compressed one.
    entries["resources.arsc"] = (entries["resources.arsc"][0], zipfile.ZIP_STORED)
    with zipfile.ZipFile(out, "w") as package:
        for name in sorted(entries):
            content, kind = entries[name]
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = kind
            info.external_attr = 0o644 << 16
            package.writestr(info, content)


def data_offset(package, info):
    """Where the bytes of an entry begin: after its local header, whose extra field is its own."""
    package.fp.seek(info.header_offset)
    header = package.fp.read(30)
    name, extra = struct.unpack("<HH", header[26:30])
    return info.header_offset + 30 + name + extra


def load_alignments(library):
    """The alignment of each LOAD segment of a 64-bit little-endian ELF file."""
    if library[:6] != b"\x7fELF\x02\x01":
        sys.exit("android-check: a native library is not of 64 bits")
    (start,) = struct.unpack_from("<Q", library, 32)
    size, count = struct.unpack_from("<HH", library, 54)
    for at in range(start, start + size * count, size):
        (kind,) = struct.unpack_from("<I", library, at)
        if kind == 1:
            yield struct.unpack_from("<Q", library, at + 48)[0]


def verify(path, mapping):
    kept = {}
    for line in pathlib.Path(mapping).read_text().splitlines():
        if " -> " in line and line.endswith(":") and not line.startswith((" ", "#")):
            before, after = line[:-1].split(" -> ")
            kept[before] = after
    for name in KEPT:
        if kept.get(name) != name:
            sys.exit(f"android-check: R8 made {name} {kept.get(name, 'nothing')}")
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        for name in ("AndroidManifest.xml", "resources.arsc", "classes.dex", "lib/arm64-v8a/libjnidispatch.so"):
            if name not in names:
                sys.exit(f"android-check: {name} is not in the package")
        for info in package.infolist():
            if info.filename.endswith(".so"):
                if info.compress_type != zipfile.ZIP_STORED or data_offset(package, info) % PAGE:
                    sys.exit(f"android-check: {info.filename} is not at a page")
                if any(alignment % PAGE for alignment in load_alignments(package.read(info))):
                    sys.exit(f"android-check: {info.filename} is not made for pages of 16 KB")
            print(f"android-check: {info.filename} {info.file_size} bytes") if info.filename.endswith((".so", ".dex")) else None
    print(f"android-check: {path} {pathlib.Path(path).stat().st_size} bytes, aligned and verified")


if sys.argv[1] == "assemble":
    assemble(*sys.argv[2:])
else:
    verify(*sys.argv[2:])
