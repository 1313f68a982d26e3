#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| overview_tests::fuzz::page(bytes));
