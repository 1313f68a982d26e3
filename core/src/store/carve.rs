//! Reads the rows of a damaged database page by page, without its trees: each leaf page names its own
//! cells, so a row is lost only with the page that holds it. After the [file format] and the [log
//! format] of SQLite.
//!
//! [file format]: https://www.sqlite.org/fileformat2.html
//! [log format]: https://www.sqlite.org/fileformat2.html#the_write_ahead_log

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::types::Value;

/// Ours unless the header says otherwise.
const PAGE_SIZE: usize = 4_096;

/// Longest row that is read, in bytes: a page of an article has five megabytes at most.
const ROW_MAX: usize = 32_000_000;

/// The flag of a leaf page of a table with row numbers, and of one without (or of an index). Of the
/// latter inner pages have rows, too.
const TABLE_LEAF: u8 = 0x0d;
const INDEX_LEAF: u8 = 0x0a;
const INDEX_INNER: u8 = 0x02;

/// A row as it stands in its page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Its number, in a table that has them.
    pub(super) id: Option<i64>,
    /// Its values, in the order of the table's columns.
    pub(super) values: Vec<Value>,
}

/// The pages of a database, the log's in the place of older ones.
pub(super) struct Pages {
    file: File,
    log: Option<File>,
    page_size: usize,
    count: u32,
    /// Where in the log a page is.
    newer: HashMap<u32, u64>,
    free: HashSet<u32>,
}

impl Pages {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut header = [0; 100];
        let has_header =
            file.read_exact(&mut header).is_ok() && header.starts_with(b"SQLite format 3");
        let page_size = match u16::from_be_bytes([header[16], header[17]]) {
            1 => 65_536,
            size if has_header && size >= 512 && size.is_power_of_two() => usize::from(size),
            _ => PAGE_SIZE,
        };
        let mut log_path = path.as_os_str().to_owned();
        log_path.push("-wal");
        let mut pages = Self {
            file,
            log: File::open(log_path).ok(),
            page_size,
            count: u32::try_from(length / page_size as u64).unwrap_or(u32::MAX),
            newer: HashMap::new(),
            free: HashSet::new(),
        };
        if let Some(mut log) = pages.log.take() {
            // A log that cannot be read is no log.
            pages.newer = committed(&mut log, page_size).unwrap_or_default();
            pages.log = Some(log);
        }
        pages.count = pages.newer.keys().copied().fold(pages.count, u32::max);
        pages.free = pages.free_pages();
        Ok(pages)
    }

    /// The rows of each page that has some, with the page's number, until it is told to stop. What
    /// cannot be read is passed over.
    pub(super) fn each(&mut self, mut each: impl FnMut(u32, &[Row]) -> ControlFlow<()>) {
        for number in 1..=self.count {
            if self.free.contains(&number) {
                continue;
            }
            let Some(page) = self.page(number) else {
                continue;
            };
            let start = if number == 1 { 100 } else { 0 };
            let rows = match page.get(start) {
                Some(&kind @ (TABLE_LEAF | INDEX_LEAF | INDEX_INNER)) => {
                    self.rows(&page, start, kind)
                }
                _ => continue,
            };
            if each(number, &rows).is_break() {
                return;
            }
        }
    }

    fn page(&mut self, number: u32) -> Option<Vec<u8>> {
        let mut page = vec![0; self.page_size];
        let in_log = self.newer.get(&number).copied();
        let (file, at) = match (in_log, &mut self.log) {
            (Some(at), Some(log)) => (log, at),
            _ => {
                let at = u64::from(number.checked_sub(1)?) * self.page_size as u64;
                (&mut self.file, at)
            }
        };
        file.seek(SeekFrom::Start(at)).ok()?;
        file.read_exact(&mut page).ok()?;
        Some(page)
    }

    fn rows(&mut self, page: &[u8], start: usize, kind: u8) -> Vec<Row> {
        let cells = read_u16(page, start + 3).unwrap_or(0);
        // Before its row, a cell of an inner page has the page below it.
        let (head, below) = if kind == INDEX_INNER { (12, 4) } else { (8, 0) };
        (0..usize::from(cells))
            .map_while(|cell| read_u16(page, start + head + 2 * cell))
            .filter_map(|at| self.row(page, usize::from(at) + below, kind == TABLE_LEAF))
            .collect()
    }

    fn row(&mut self, page: &[u8], mut at: usize, has_ids: bool) -> Option<Row> {
        let (length, used) = varint(page.get(at..)?)?;
        at += used;
        let mut id = None;
        if has_ids {
            let (number, used) = varint(page.get(at..)?)?;
            id = Some(number);
            at += used;
        }
        let length = usize::try_from(length).ok().filter(|it| *it <= ROW_MAX)?;
        let payload = self.payload(page, at, length, has_ids)?;
        Some(Row {
            id,
            values: record(&payload)?,
        })
    }

    /// The bytes of a row: what is in its page, and what overflows.
    fn payload(
        &mut self,
        page: &[u8],
        at: usize,
        length: usize,
        in_table: bool,
    ) -> Option<Vec<u8>> {
        let usable = self.page_size;
        let most = if in_table {
            usable - 35
        } else {
            (usable - 12) * 64 / 255 - 23
        };
        if length <= most {
            return page.get(at..at + length).map(<[u8]>::to_vec);
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (usable - 4);
        let here = if fitting <= most { fitting } else { least };
        let mut bytes = page.get(at..at + here)?.to_vec();
        let mut next = read_u32(page, at + here)?;
        while bytes.len() < length {
            let overflow = self.page(next)?;
            next = read_u32(&overflow, 0)?;
            let wanted = (length - bytes.len()).min(usable - 4);
            bytes.extend(overflow.get(4..4 + wanted)?);
        }
        Some(bytes)
    }

    /// Pages that hold what was deleted.
    fn free_pages(&mut self) -> HashSet<u32> {
        let mut free = HashSet::new();
        let mut trunk = self
            .page(1)
            .and_then(|page| read_u32(&page, 32))
            .unwrap_or(0);
        while trunk != 0 && trunk <= self.count && free.insert(trunk) {
            let Some(page) = self.page(trunk) else { break };
            let leaves = read_u32(&page, 4).unwrap_or(0);
            let own = (0..leaves as usize).map_while(|leaf| read_u32(&page, 8 + 4 * leaf));
            free.extend(own.filter(|leaf| *leaf <= self.count));
            trunk = read_u32(&page, 0).unwrap_or(0);
        }
        // A list of free pages that names most of the file is damaged itself.
        if free.len() as u64 * 4 > u64::from(self.count) * 3 {
            free.clear();
        }
        free
    }
}

/// Where the newest committed version of each page is in a log.
fn committed(log: &mut File, page_size: usize) -> io::Result<HashMap<u32, u64>> {
    let mut header = [0; 32];
    log.read_exact(&mut header)?;
    let is_big = header[3] & 1 == 1;
    let word = |bytes: &[u8]| read_u32(bytes, 0).unwrap_or(0);
    if word(&header[0..4]) & !1 != 0x377f_0682 || word(&header[8..12]) as usize != page_size {
        return Ok(HashMap::new());
    }
    let mut sum = checksum((0, 0), &header[..24], is_big);
    if sum != (word(&header[24..28]), word(&header[28..32])) {
        return Ok(HashMap::new());
    }
    let (mut committed, mut open) = (HashMap::new(), HashMap::new());
    let mut at = 32;
    let mut frame = vec![0; 24 + page_size];
    while log.read_exact(&mut frame).is_ok() {
        if frame[8..16] != header[16..24] {
            break;
        }
        sum = checksum(sum, &frame[..8], is_big);
        sum = checksum(sum, &frame[24..], is_big);
        if sum != (word(&frame[16..20]), word(&frame[20..24])) {
            break;
        }
        open.insert(word(&frame[0..4]), at + 24);
        if word(&frame[4..8]) != 0 {
            committed.extend(open.drain());
        }
        at += frame.len() as u64;
    }
    Ok(committed)
}

fn checksum((mut first, mut second): (u32, u32), bytes: &[u8], is_big: bool) -> (u32, u32) {
    let mut words = bytes.chunks_exact(4).map(|word| {
        let word = [word[0], word[1], word[2], word[3]];
        if is_big {
            u32::from_be_bytes(word)
        } else {
            u32::from_le_bytes(word)
        }
    });
    while let (Some(one), Some(two)) = (words.next(), words.next()) {
        first = first.wrapping_add(one).wrapping_add(second);
        second = second.wrapping_add(two).wrapping_add(first);
    }
    (first, second)
}

/// The values of a record; `None` when it cannot be one.
fn record(bytes: &[u8]) -> Option<Vec<Value>> {
    let (head, used) = varint(bytes)?;
    let head = usize::try_from(head).ok()?;
    let mut types = bytes.get(used..head)?;
    let mut body = bytes.get(head..)?;
    let mut values = Vec::new();
    while !types.is_empty() {
        let (kind, used) = varint(types)?;
        types = &types[used..];
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            _ => return None,
        };
        let own = body.get(..length)?;
        body = &body[length..];
        values.push(match kind {
            0 => Value::Null,
            7 => Value::Real(f64::from_be_bytes(own.try_into().ok()?)),
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            1..=6 => {
                let negative = own.first().is_some_and(|byte| byte & 0x80 != 0);
                let start = if negative { -1 } else { 0 };
                let number = own
                    .iter()
                    .fold(start, |sum: i64, byte| sum << 8 | i64::from(*byte));
                Value::Integer(number)
            }
            kind if kind % 2 == 0 => Value::Blob(own.to_vec()),
            _ => Value::Text(String::from_utf8(own.to_vec()).ok()?),
        });
    }
    body.is_empty().then_some(values)
}

/// A number of one to nine bytes, and how many they are.
fn varint(bytes: &[u8]) -> Option<(i64, usize)> {
    let mut value: u64 = 0;
    for (place, byte) in bytes.iter().take(9).enumerate() {
        if place == 8 {
            value = value << 8 | u64::from(*byte);
            return Some((value.cast_signed(), 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value.cast_signed(), place + 1));
        }
    }
    None
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes([bytes[0], bytes[1]]))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::{Connection, params_from_iter};

    use super::*;

    fn all(path: &Path) -> Vec<Row> {
        let mut rows = Vec::new();
        Pages::open(path).unwrap().each(|_, page| {
            rows.extend_from_slice(page);
            ControlFlow::Continue(())
        });
        rows
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::Integer),
            (-3..300_i64).prop_map(Value::Integer),
            "\\PC{0,20}".prop_map(Value::Text),
            "[a-z]{0,3}".prop_map(|text| Value::Text(text.repeat(9_000))),
            prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::Blob),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_row_is_read_as_it_was_written(
            rows in prop::collection::vec(prop::collection::vec(value(), 3), 1..60),
            is_closed: bool,
        ) {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("any.db");
            let connection = Connection::open(&path).unwrap();
            connection.execute_batch("PRAGMA journal_mode = wal; CREATE TABLE t (a, b, c)").unwrap();
            for row in &rows {
                connection
                    .execute("INSERT INTO t VALUES (?, ?, ?)", params_from_iter(row))
                    .unwrap();
            }
            if is_closed {
                connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
            }
            let found: Vec<Vec<Value>> = all(&path)
                .into_iter()
                .filter(|row| row.values.len() == 3 && row.id.is_some())
                .map(|row| row.values)
                .collect();
            prop_assert_eq!(found, rows);
        }

        /// Those of inner pages, too.
        #[test]
        fn rows_without_numbers_are_all_found(
            keys in prop::collection::btree_set("[a-z]{1,400}", 1..400),
        ) {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("any.db");
            let connection = Connection::open(&path).unwrap();
            connection
                .execute_batch("CREATE TABLE t (a TEXT PRIMARY KEY, b, c, d) WITHOUT ROWID")
                .unwrap();
            for key in &keys {
                connection.execute("INSERT INTO t VALUES (?, 1, 2, 3)", [key]).unwrap();
            }
            let found: std::collections::BTreeSet<String> = all(&path)
                .into_iter()
                .filter(|row| row.values.len() == 4 && row.id.is_none())
                .filter_map(|row| match &row.values[0] {
                    Value::Text(key) => Some(key.clone()),
                    _ => None,
                })
                .collect();
            prop_assert_eq!(found, keys);
        }

        #[test]
        fn whatever_the_bytes_are_it_ends(bytes in prop::collection::vec(any::<u8>(), 0..20_000)) {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("any.db");
            std::fs::write(&path, &bytes).unwrap();
            std::fs::write(dir.path().join("any.db-wal"), &bytes).unwrap();
            all(&path);
        }
    }
}
