//! Lists of feeds, and moving house.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use overview_core::opml::OpmlRequest;
use overview_core::{OpenOptions, Overview};
use tokio_util::sync::CancellationToken;

use crate::figures::Table;

const OUTLINES: usize = 5_000;
const FOLDERS: usize = 50;
const ROUNDS: usize = 5;

pub(crate) fn measure(dir: &Path, table: &mut Table) {
    let list = list();
    let request = OpmlRequest {
        country: Some("KE".parse().unwrap()),
        ..OpmlRequest::default()
    };
    std::fs::create_dir_all(dir).unwrap();
    let file = dir.join("overview.move");
    let (mut taken, mut out, mut into) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let open = |name: &str| {
            Overview::open(OpenOptions::new(dir.join(format!("{name}-{round}")))).unwrap()
        };
        let (here, there) = (open("here"), open("there"));
        let millis = |started: Instant| started.elapsed().as_secs_f64() * 1_000.0;
        let started = Instant::now();
        let report = here.import_opml(list.as_bytes(), &request).unwrap();
        taken.push(millis(started));
        assert_eq!((report.added as usize, report.faults.len()), (OUTLINES, 0));
        let cancel = CancellationToken::new();
        let started = Instant::now();
        here.export(&file, &cancel, &|_| ()).unwrap();
        out.push(millis(started));
        let started = Instant::now();
        let arrived = there.import(&file, &cancel, &|_| ()).unwrap();
        into.push(millis(started));
        assert_eq!(arrived.counts.own as usize, OUTLINES);
    }
    table.row("OPML with 5,000 outlines", &taken, "ms", Some(1_000.0));
    table.row("its publishers, to a file", &out, "ms", None);
    table.row("the same on another device", &into, "ms", None);
}

fn list() -> String {
    let mut text = String::from("<opml version=\"2.0\"><body>");
    for folder in 0..FOLDERS {
        write!(text, "<outline text=\"Folder {folder}\">").unwrap();
        for number in (folder..OUTLINES).step_by(FOLDERS) {
            write!(
                text,
                "<outline type=\"rss\" text=\"Site {number}\" xmlUrl=\"https://site-{number}.example/feed\" \
                 htmlUrl=\"https://site-{number}.example/\" language=\"en\"/>"
            )
            .unwrap();
        }
        text.push_str("</outline>");
    }
    text + "</body></opml>"
}
