//! Makes the Swift that UniFFI 0.32 writes read quickly: `swift-reading OverviewBindings.swift`.
//!
//! It reads every number and every text with `Data.copyBytes(to:from:)`, a generic function of Foundation
//! that is not specialised where it is called: half the time of a page of articles goes there. The same
//! bytes copied in place cost nothing worth measuring. Fails when the text that it replaces is not there
//! as it was, so that another version of UniFFI is looked at and not half changed.

use std::fs;

/// Numbers.
const NUMBER: &str = "    if T.self == UInt8.self {
        let value = reader.data[reader.offset]
        reader.offset += 1
        return value as! T
    }
    var value: T = 0
    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})
";
const NUMBER_IN_PLACE: &str = "    var value: T = 0
    withUnsafeMutableBytes(of: &value) { into in
        reader.data.withUnsafeBytes { into.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
";

/// Texts and bytes.
const BYTES: &str = "    var value = [UInt8](repeating: 0, count: count)
    value.withUnsafeMutableBufferPointer({ buffer in
        reader.data.copyBytes(to: buffer, from: range)
    })
";
const BYTES_IN_PLACE: &str = "    let value = reader.data.withUnsafeBytes { Array($0[range]) }
";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path] = arguments.as_slice() else {
        fail("usage: swift-reading OverviewBindings.swift");
    };
    let swift = fs::read_to_string(path).unwrap_or_else(|error| fail(&format!("{path}: {error}")));
    let mut quick = swift;
    for (slow, in_place) in [(NUMBER, NUMBER_IN_PLACE), (BYTES, BYTES_IN_PLACE)] {
        if quick.matches(slow).count() != 1 {
            fail(&format!("{path} is not what UniFFI 0.32 writes: {slow}"));
        }
        quick = quick.replace(slow, in_place);
    }
    fs::write(path, quick).unwrap_or_else(|error| fail(&format!("{path}: {error}")));
}

#[allow(clippy::print_stderr)]
fn fail(reason: &str) -> ! {
    eprintln!("swift-reading: {reason}");
    std::process::exit(1);
}
