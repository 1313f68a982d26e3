//! HTML to something a person can read: pure. The only user of the HTML parser.

mod readable;

pub use readable::readable_text;
