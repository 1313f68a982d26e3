//! What preparing a picture costs: `prepare_picture FILE WIDTH [RESULT]`.
//!
//! One picture a run, because the peak of a process's memory never falls.

use std::time::Instant;

use overview_core::picture::{self, Options};

#[allow(clippy::print_stdout, reason = "this is a program")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(width)) = (arguments.next(), arguments.next()) else {
        return Err("usage: prepare_picture FILE WIDTH [RESULT]".into());
    };
    let bytes = std::fs::read(file)?;
    let max_width = width.parse()?;
    let begin = Instant::now();
    let result = picture::prepare(&bytes, &Options { max_width });
    let took = begin.elapsed();
    match result {
        Ok(picture) => {
            println!(
                "{} x {} {} {:?}, {} bytes from {}",
                picture.width,
                picture.height,
                picture.media_type,
                picture.kind,
                picture.bytes.len(),
                bytes.len()
            );
            if let Some(result) = arguments.next() {
                std::fs::write(result, picture.bytes)?;
            }
        }
        Err(error) => println!("{}: {error}", error.code()),
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    println!(
        "{:.1} ms, {}",
        took.as_secs_f64() * 1e3,
        peak.unwrap_or("no VmHWM")
    );
    Ok(())
}
