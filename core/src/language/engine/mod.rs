//! The engines.

mod apertium;
mod deepl;
mod firefox;
mod libretranslate;
mod markup;
mod platform;
mod server;

pub use apertium::Apertium;
pub use deepl::DeepL;
pub use firefox::Firefox;
pub use libretranslate::LibreTranslate;
pub use platform::{Platform, PlatformTranslator};
pub use server::{Server, ServerKind};
