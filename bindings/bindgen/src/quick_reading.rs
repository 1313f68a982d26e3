//! Makes the Swift and the Kotlin that UniFFI 0.32 writes read quickly: `quick-reading FILE.swift`, or
//! `FILE.kt`. Fails when the text that it replaces is not there as it was, so that another version of UniFFI
//! is looked at and not half changed.

use std::fs;

/// A text of UniFFI's, and what stands in its place.
type Replacement = (&'static str, &'static str);

/// Every number and every text is read with `Data.copyBytes(to:from:)`, a generic function of Foundation
/// that is not specialised where it is called: half the time of a page of articles goes there. The same
/// bytes copied in place cost nothing worth measuring.
const SWIFT: [Replacement; 2] = [
    (
        "    if T.self == UInt8.self {
        let value = reader.data[reader.offset]
        reader.offset += 1
        return value as! T
    }
    var value: T = 0
    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})
",
        "    var value: T = 0
    withUnsafeMutableBytes(of: &value) { into in
        reader.data.withUnsafeBytes { into.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
",
    ),
    (
        "    var value = [UInt8](repeating: 0, count: count)
    value.withUnsafeMutableBufferPointer({ buffer in
        reader.data.copyBytes(to: buffer, from: range)
    })
",
        "    let value = reader.data.withUnsafeBytes { Array($0[range]) }
",
    ),
];

/// A buffer is copied once, so that no text of it is copied into an array of its own; and a thread of the
/// library stays a thread of the JVM once it called back, instead of becoming one anew at each answer.
const KOTLIN: [Replacement; 3] = [
    (
        "        val byteBuf = rbuf.asByteBuffer()!!
        try {
           val item = read(byteBuf)
",
        "        try {
           val byteBuf = ByteBuffer.wrap(rbuf.data!!.getByteArray(0, rbuf.len.toInt()))
           val item = read(byteBuf)
",
    ),
    (
        "        val len = buf.getInt()
        val byteArr = ByteArray(len)
        buf.get(byteArr)
        return byteArr.toString(Charsets.UTF_8)
",
        "        val len = buf.getInt()
        val at = buf.position()
        buf.position(at + len)
        return String(buf.array(), buf.arrayOffset() + at, len, Charsets.UTF_8)
",
    ),
    (
        "internal object uniffiRustFutureContinuationCallbackImpl: UniffiRustFutureContinuationCallback {
",
        "internal object uniffiRustFutureContinuationCallbackImpl: UniffiRustFutureContinuationCallback {
    init {
        val asDaemon = com.sun.jna.CallbackThreadInitializer(true, false, \"overview\")
        com.sun.jna.Native.setCallbackThreadInitializer(this, asDaemon)
    }

",
    ),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path] = arguments.as_slice() else {
        fail("usage: quick-reading FILE.swift|FILE.kt");
    };
    let replacements: &[Replacement] = match path.rsplit_once('.') {
        Some((_, "swift")) => &SWIFT,
        Some((_, "kt")) => &KOTLIN,
        _ => fail(&format!("{path} is neither Swift nor Kotlin")),
    };
    let mut text =
        fs::read_to_string(path).unwrap_or_else(|error| fail(&format!("{path}: {error}")));
    for (slow, quick) in replacements {
        if text.matches(slow).count() != 1 {
            fail(&format!("{path} is not what UniFFI 0.32 writes: {slow}"));
        }
        text = text.replace(slow, quick);
    }
    fs::write(path, text).unwrap_or_else(|error| fail(&format!("{path}: {error}")));
}

#[allow(clippy::print_stderr)]
fn fail(reason: &str) -> ! {
    eprintln!("quick-reading: {reason}");
    std::process::exit(1);
}
