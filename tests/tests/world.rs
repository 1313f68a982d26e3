//! What Overview must do in the loopback world, one file for each thing that a reader would notice.
//!
//! They are one program: thirty would each be linked with the whole core, and run one after the other.
//! `cargo test -p overview-tests --test world pause::` runs one file.

mod apertium;
mod bad_input;
mod catalogue;
mod disk;
mod faults;
mod feed_hostile;
mod feed_real;
mod fuzz_corpus;
mod http_manners;
mod killed;
mod main_job;
mod moving;
mod one_article;
mod opml;
mod own_publishers;
mod pack;
mod pack_portuguese;
mod page_hostile;
mod pause;
mod reader;
mod retention;
mod salvage;
mod sample;
mod second_search;
mod stance_never_on_news;
mod stories;
mod tidy;
mod translation;
mod translation_background;
mod translation_model;
mod upgrade;
mod whole_article;
