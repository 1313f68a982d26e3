//! Reads the built library and writes its Swift or Kotlin: the version that the library was built
//! with, which nobody has to install.

fn main() {
    uniffi::uniffi_bindgen_main();
}
