//! Makes the Swift and the Kotlin that UniFFI 0.32 writes read quickly: `quick-reading FILE.swift`, or
//! `FILE.kt`. Fails when the text that it replaces is not there as it was, so that another version of UniFFI
//! is looked at and not half changed.

use std::fs;

/// A text of UniFFI's, and what stands in its place.
struct Replacement {
    slow: &'static str,
    quick: &'static str,
    /// Wherever it stands, and not in one place alone.
    everywhere: bool,
}

const fn once(slow: &'static str, quick: &'static str) -> Replacement {
    Replacement {
        slow,
        quick,
        everywhere: false,
    }
}

const fn everywhere(slow: &'static str, quick: &'static str) -> Replacement {
    Replacement {
        slow,
        quick,
        everywhere: true,
    }
}

/// Every number and every text is read through Foundation's `Data`, and a text by way of an array. The buffer
/// of the library stays where it is until all of it is read: its bytes are read in place.
const SWIFT: [Replacement; 6] = [
    everywhere(
        "(data: Data, offset: Data.Index)",
        "(data: UnsafeRawBufferPointer, offset: Int)",
    ),
    once(
        "func createReader(data: Data) ->",
        "func createReader(data: UnsafeRawBufferPointer) ->",
    ),
    once(
        "createReader(data: Data(rustBuffer: buf))",
        "createReader(data: UnsafeRawBufferPointer(start: buf.data, count: Int(buf.len)))",
    ),
    once(
        "    if T.self == UInt8.self {
        let value = reader.data[reader.offset]
        reader.offset += 1
        return value as! T
    }
    var value: T = 0
    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})
",
        "    let value = reader.data.loadUnaligned(fromByteOffset: reader.offset, as: T.self)
",
    ),
    once(
        "    var value = [UInt8](repeating: 0, count: count)
    value.withUnsafeMutableBufferPointer({ buffer in
        reader.data.copyBytes(to: buffer, from: range)
    })
    reader.offset = range.upperBound
    return value
",
        "    reader.offset = range.upperBound
    return UnsafeRawBufferPointer(rebasing: reader.data[range])
",
    ),
    once(
        ", count: Int) throws -> Array<UInt8> {",
        ", count: Int) throws -> UnsafeRawBufferPointer {",
    ),
];

/// A buffer is copied once, so that no text of it is copied into an array of its own. JNA reads and writes
/// the fields of a structure by reflection, before and after each call: a buffer knows its own, and what a
/// call fails with is no structure until it fails. And a thread of the library stays a thread of the JVM once
/// it called back, instead of becoming one anew at each answer.
const KOTLIN: [Replacement; 8] = [
    once(
        "    class ByValue: RustBuffer(), Structure.ByValue
    class ByReference: RustBuffer(), Structure.ByReference
",
        "    class ByValue: RustBuffer(), Structure.ByValue
    class ByReference: RustBuffer(), Structure.ByReference

    override fun read() {
        val at = pointer
        capacity = at.getLong(0)
        len = at.getLong(8)
        data = at.getPointer(16)
    }

    override fun write() {
        val at = pointer
        at.setLong(0, capacity)
        at.setLong(8, len)
        at.setPointer(16, data)
    }
",
    ),
    everywhere(
        "uniffi_out_err: UniffiRustCallStatus,",
        "uniffi_out_err: Pointer,",
    ),
    once(
        "private inline fun <U, E: kotlin.Exception> uniffiRustCallWithError(errorHandler: UniffiRustCallStatusErrorHandler<E>, callback: (UniffiRustCallStatus) -> U): U {
    var status = UniffiRustCallStatus()
    val return_value = callback(status)
    uniffiCheckCallStatus(errorHandler, status)
    return return_value
}
",
        "private inline fun <U, E: kotlin.Exception> uniffiRustCallWithError(errorHandler: UniffiRustCallStatusErrorHandler<E>, callback: (Pointer) -> U): U {
    val status = uniffiCallStatus.get()!!
    val return_value = callback(status)
    if (status.getByte(0) != UNIFFI_CALL_SUCCESS) uniffiCheckCallStatus(errorHandler, takeCallStatus(status))
    return return_value
}

// What a call writes into when it fails: one for each thread. A call within a call finds it as new, because
// what failed is taken out of it at once.
private val uniffiCallStatus = ThreadLocal.withInitial { com.sun.jna.Memory(32).also { it.clear() } }

private fun takeCallStatus(from: Pointer) = UniffiRustCallStatus().also {
    it.pointer.write(0, from.getByteArray(0, it.size()), 0, it.size())
    it.read()
    from.clear(32)
}
",
    ),
    once(
        "private inline fun <U> uniffiRustCall(callback: (UniffiRustCallStatus) -> U): U {",
        "private inline fun <U> uniffiRustCall(callback: (Pointer) -> U): U {",
    ),
    once(
        "    completeFunc: (Long, UniffiRustCallStatus) -> F,",
        "    completeFunc: (Long, Pointer) -> F,",
    ),
    once(
        "        val byteBuf = rbuf.asByteBuffer()!!
        try {
           val item = read(byteBuf)
",
        "        try {
           val byteBuf = ByteBuffer.wrap(rbuf.data!!.getByteArray(0, rbuf.len.toInt()))
           val item = read(byteBuf)
",
    ),
    once(
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
    once(
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
    for Replacement {
        slow,
        quick,
        everywhere,
    } in replacements
    {
        let count = text.matches(slow).count();
        if count == 0 || count > 1 && !everywhere {
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
