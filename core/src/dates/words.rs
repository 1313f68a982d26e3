//! Dates as people and older programs write them: numbers and words in some order.

use super::{Parts, full_year, months, offset, offset_of_digits, zones};

/// Most tokens that are looked at.
const MAX_TOKENS: usize = 64;

/// Most words that are looked up among the months. Long dates have five.
const MAX_WORDS: usize = 12;

/// Korea's offset: what is written in Hangul without a zone.
const KOREA: i32 = 9 * 3600;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind<'t> {
    Number { value: u64, digits: usize },
    Word(&'t str),
    Sign(char),
}

#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    kind: Kind<'t>,
    /// White space stands before it.
    gap: bool,
    /// Accounted for.
    used: bool,
}

/// Reads a folded text.
pub(super) fn parse(text: &str) -> Option<Parts> {
    let joined = join_abbreviations(text);
    let mut tokens = tokens(&joined);
    let mut parts = Parts::default();
    let mut american = false;
    let after = time(&mut tokens, &mut parts, &mut american);
    zone(&mut tokens, after, &mut parts, &mut american);
    date(&mut tokens, &joined, &mut parts, american)?;
    if after.is_none() {
        loose_time(&mut tokens, &mut parts);
    }
    if parts.offset.is_none() && joined.contains(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c)) {
        parts.offset = Some(KOREA);
    }
    Some(parts)
}

/// `a.m.` and `ม.ค.` are words: the dots between single letters go.
fn join_abbreviations(text: &str) -> String {
    let text = text
        .replace("a. m.", "am")
        .replace("p. m.", "pm")
        .replace("a.m.", "am")
        .replace("p.m.", "pm")
        .replace("a.m", "am")
        .replace("p.m", "pm")
        .replace("π.μ.", "πμ")
        .replace("μ.μ.", "μμ");
    let is_thai = |c: char| ('\u{E00}'..'\u{E50}').contains(&c);
    if !text.contains(is_thai) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    for c in text.chars() {
        if c != '.' || !is_thai(previous) {
            out.push(c);
        }
        previous = c;
    }
    out
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut gap = true;
    while let Some(first) = rest.chars().next() {
        if tokens.len() == MAX_TOKENS {
            break;
        }
        let length = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit())
        } else if is_letter(first) {
            rest.find(|c: char| !is_letter(c))
        } else {
            Some(first.len_utf8())
        };
        let (token, after) = rest.split_at(length.unwrap_or(rest.len()));
        rest = after;
        if first == ' ' {
            gap = true;
            continue;
        }
        let kind = if first.is_ascii_digit() {
            Kind::Number {
                value: token.parse().unwrap_or(u64::MAX),
                digits: token.len(),
            }
        } else if is_letter(first) {
            Kind::Word(token)
        } else {
            Kind::Sign(first)
        };
        tokens.push(Token {
            kind,
            gap,
            used: false,
        });
        gap = false;
    }
    tokens
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (!c.is_ascii()
            && !c.is_whitespace()
            && !matches!(
                c,
                '·' | '•' | '|' | '«' | '»' | '“' | '”' | '–' | '—' | '°' | 'º' | 'ª'
            ))
}

fn number(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    match tokens.get(at)?.kind {
        Kind::Number { value, digits } => Some((value, digits)),
        _ => None,
    }
}

fn word<'t>(tokens: &[Token<'t>], at: usize) -> Option<&'t str> {
    match tokens.get(at)?.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

fn is_sign(tokens: &[Token<'_>], at: usize, signs: &[char]) -> bool {
    matches!(tokens.get(at), Some(Token { kind: Kind::Sign(sign), .. }) if signs.contains(sign))
}

fn small(tokens: &[Token<'_>], at: usize) -> Option<i64> {
    number(tokens, at)
        .filter(|(_, digits)| *digits <= 2)
        .and_then(|(value, _)| i64::try_from(value).ok())
}

fn mark(tokens: &mut [Token<'_>], from: usize, to: usize) {
    for token in tokens.iter_mut().take(to).skip(from) {
        token.used = true;
    }
}

/// Finds the time and returns where it ends.
fn time(tokens: &mut [Token<'_>], parts: &mut Parts, american: &mut bool) -> Option<usize> {
    let (start, mut end) = clock(tokens, parts).or_else(|| hour_alone(tokens, parts))?;
    mark(tokens, start, end);
    let before = start
        .checked_sub(1)
        .and_then(|at| word(tokens, at))
        .and_then(half_before);
    if let Some(afternoon) = before {
        tokens[start - 1].used = true;
        twelve_hours(parts, afternoon);
    } else if let Some(afternoon) = word(tokens, end)
        .and_then(half_after)
        .or_else(|| glued_half(tokens, end))
    {
        *american |= matches!(word(tokens, end), Some("am" | "pm" | "a" | "p"));
        tokens[end].used = true;
        end += 1;
        twelve_hours(parts, afternoon);
    }
    Some(end)
}

fn twelve_hours(parts: &mut Parts, afternoon: bool) {
    match (parts.hour, afternoon) {
        (12, false) => parts.hour = 0,
        (0..=11, true) => parts.hour += 12,
        _ => {}
    }
}

/// `10:30`, `10:30:45.5`, `10h30`, `10時30分45秒`.
fn clock(tokens: &[Token<'_>], parts: &mut Parts) -> Option<(usize, usize)> {
    for start in 0..tokens.len() {
        let Some(hour) = small(tokens, start) else {
            continue;
        };
        let colon = is_sign(tokens, start + 1, &[':']);
        let marked = word(tokens, start + 1).is_some_and(|w| {
            matches!(w, "h" | "ч" | "시" | "点" | "點")
                || w.starts_with('時')
                || w.starts_with('时')
        });
        if !colon && !marked {
            continue;
        }
        let mut end = start + 2;
        let mut minute = small(tokens, end);
        if colon && minute.is_none() {
            continue;
        }
        // `10時 5日`: the number belongs to something else.
        if marked && word(tokens, end + 1).is_some_and(|w| matches!(w, "日" | "일" | "月" | "월"))
        {
            minute = None;
        }
        parts.hour = hour;
        if let Some(minute) = minute {
            parts.minute = minute;
            end += 1;
            end = seconds(tokens, end, parts);
        }
        return Some((start, end));
    }
    None
}

/// The seconds behind the minutes that end at `end`; returns where they end.
fn seconds(tokens: &[Token<'_>], end: usize, parts: &mut Parts) -> usize {
    let colon = is_sign(tokens, end, &[':']);
    let minutes = word(tokens, end).is_some_and(|w| matches!(w, "分" | "분" | "min" | "m"));
    let Some(second) = small(tokens, end + 1).filter(|_| colon || minutes) else {
        return end + usize::from(minutes);
    };
    parts.second = second;
    let mut end = end + 2;
    if word(tokens, end).is_some_and(|w| matches!(w, "秒" | "초" | "s")) {
        end += 1;
    }
    // `.5`, `,5` and SQL Server's `:500`.
    if is_sign(tokens, end, &['.', ',', ':'])
        && !tokens[end].gap
        && tokens.get(end + 1).is_some_and(|token| !token.gap)
        && let Some((value, digits @ 1..=9)) = number(tokens, end + 1)
    {
        let scale = 10_u64.pow(9 - u32::try_from(digits).unwrap_or(9));
        parts.nanosecond = i64::try_from(value * scale).unwrap_or(0);
        end += 2;
    }
    end
}

/// `3 pm`, `오후 3시` is met above.
fn hour_alone(tokens: &[Token<'_>], parts: &mut Parts) -> Option<(usize, usize)> {
    let start = (0..tokens.len()).find(|at| {
        let half = matches!(word(tokens, at + 1), Some("am" | "pm"));
        // `05 Oct 2026 15 +0200`: an hour between the year and an offset.
        let offset = is_sign(tokens, at + 1, &['+', '-'])
            && tokens[at + 1].gap
            && tokens.get(at + 2).is_some_and(|token| !token.gap)
            && at
                .checked_sub(1)
                .and_then(|year| number(tokens, year))
                .is_some_and(|y| y.1 == 4);
        small(tokens, *at).is_some_and(|hour| hour <= if half { 12 } else { 24 })
            && (half || offset)
    })?;
    parts.hour = small(tokens, start)?;
    Some((start, start + 1))
}

/// Words before a time that say which half of the day it is in: true for the second.
fn half_before(word: &str) -> Option<bool> {
    match word {
        "오전" | "上午" | "午前" | "凌晨" | "早上" | "清晨" => Some(false),
        "오후" | "下午" | "午後" | "晚上" | "中午" | "傍晚" => Some(true),
        // Glued to the day before it: `5日下午`.
        _ if word.ends_with("上午") || word.ends_with("午前") => Some(false),
        _ if word.ends_with("下午") || word.ends_with("午後") => Some(true),
        _ => None,
    }
}

/// `3:04p`; with a space before it, the letter is a zone.
fn glued_half(tokens: &[Token<'_>], at: usize) -> Option<bool> {
    match word(tokens, at)? {
        _ if tokens[at].gap => None,
        "a" => Some(false),
        "p" => Some(true),
        _ => None,
    }
}

/// The same after a time.
fn half_after(word: &str) -> Option<bool> {
    match word {
        "am" | "πμ" | "ص" | "صباحا" | "sa" | "pg" | "오전" | "पूर्वाह्न" => {
            Some(false)
        }
        "pm" | "μμ" | "م" | "مساء" | "مساءا" | "ch" | "ptg" | "오후" | "अपराह्न" => {
            Some(true)
        }
        _ => None,
    }
}

/// Finds the zone: after the time, or at the end of a date without one.
fn zone(tokens: &mut [Token<'_>], after: Option<usize>, parts: &mut Parts, american: &mut bool) {
    let Some(start) = after else {
        let last = tokens.len().saturating_sub(1);
        if let Some(minutes) = word(tokens, last).and_then(zones::minutes) {
            parts.offset = Some(minutes * 60);
            tokens[last].used = true;
        }
        return;
    };
    // `10:30:00:-0700` and `10:30:00 --0700`: one sign too many.
    let doubled =
        usize::from(is_sign(tokens, start, &[':', '-']) && is_sign(tokens, start + 1, &['+', '-']));
    if let Some(end) = signed(tokens, start + doubled, parts) {
        mark(tokens, start, end);
        return;
    }
    // `10:30 05.10.2026 +0300`: four digits that end the date.
    if let Some(last) = tokens.len().checked_sub(2).filter(|last| *last > start)
        && tokens[last].gap
        && number(tokens, last + 1).is_some_and(|(_, digits)| digits == 4)
        && let Some(end) = signed(tokens, last, parts)
    {
        mark(tokens, last, end);
        return;
    }
    for at in start..tokens.len() {
        let Some(name) = word(tokens, at) else {
            continue;
        };
        if let Some(minutes) = zones::minutes(name) {
            *american |= zones::is_american(name);
            parts.offset = Some(minutes * 60);
            tokens[at].used = true;
            // `GMT+3`, `UTC +02:00`; and `CET+1`, where the sign only repeats the name.
            if let Some(end) = signed(tokens, at + 1, parts) {
                if minutes != 0 {
                    parts.offset = Some(minutes * 60);
                }
                mark(tokens, at, end);
            }
            return;
        }
        if let Some(minutes) = word(tokens, at + 1).and_then(|next| zones::long_name(name, next)) {
            *american = true;
            parts.offset = Some(minutes * 60);
            return;
        }
        if at == start
            && at + 1 == tokens.len()
            && let Some(minutes) = zones::letter(name)
        {
            parts.offset = Some(minutes * 60);
            tokens[at].used = true;
            return;
        }
    }
}

/// An offset with its sign at some place; returns where it ends.
fn signed(tokens: &[Token<'_>], at: usize, parts: &mut Parts) -> Option<usize> {
    let Kind::Sign(sign @ ('+' | '-')) = tokens.get(at)?.kind else {
        return None;
    };
    let (value, digits) = number(tokens, at + 1)?;
    if tokens[at + 1].gap {
        return None;
    }
    // `10:30 -05-10-2026` and `10:30-2026` are dates.
    if sign == '-' && is_sign(tokens, at + 2, &['-', '/', '.']) {
        return None;
    }
    if is_sign(tokens, at + 2, &[':']) && digits <= 2 {
        let minutes = small(tokens, at + 3)?;
        parts.offset = Some(offset(
            sign,
            i32::try_from(value).ok()?,
            i32::try_from(minutes).ok()?,
        ));
        return Some(at + 4);
    }
    parts.offset = Some(offset_of_digits(sign, value, digits)?);
    Some(at + 2)
}

/// Finds day, month and year in what is left.
fn date(tokens: &mut [Token<'_>], text: &str, parts: &mut Parts, american: bool) -> Option<()> {
    numbered_weekday(tokens);
    if marked_date(tokens, parts).is_some() {
        return Some(());
    }
    if let Some((at, month)) = named_month(tokens, text) {
        parts.month = month;
        return around_month(tokens, at, parts);
    }
    numeric_date(tokens, parts, american)
}

/// Vietnamese numbers its weekdays: `Thứ 2, 05/10/2026`.
fn numbered_weekday(tokens: &mut [Token<'_>]) {
    for at in 0..tokens.len() {
        if word(tokens, at) == Some("thu")
            && number(tokens, at + 1).is_some_and(|(_, digits)| digits == 1)
            && is_sign(tokens, at + 2, &[','])
            && is_sign(tokens, at + 4, &['/', '-', '.'])
        {
            tokens[at + 1].used = true;
        }
    }
}

/// `2026年10月5日`, `2004년 5월 28일`, `ngày 5 tháng 10 năm 2026`.
fn marked_date(tokens: &mut [Token<'_>], parts: &mut Parts) -> Option<()> {
    let free = |at: usize| tokens.get(at).is_some_and(|token| !token.used);
    let before = |signs: &[char]| {
        (1..tokens.len()).find_map(|at| {
            let named = word(tokens, at).is_some_and(|w| w.starts_with(signs));
            (named && free(at - 1))
                .then(|| number(tokens, at - 1))
                .flatten()
        })
    };
    let after = |words: &[&str]| {
        (0..tokens.len()).find_map(|at| {
            let named = word(tokens, at).is_some_and(|w| words.contains(&w));
            let dot = usize::from(is_sign(tokens, at + 1, &['.']));
            (named && free(at + 1 + dot))
                .then(|| number(tokens, at + 1 + dot))
                .flatten()
        })
    };
    let (year, month, day) = match before(&['月', '월']) {
        Some((month, _)) => {
            let (year, digits) = before(&['年', '년'])?;
            let day = before(&['日', '일', '号', '號']).map_or(1, |(day, _)| day);
            (full_year(year, digits)?, month, day)
        }
        None => {
            let (month, _) = after(&["thang", "thg"])?;
            let years = tokens.iter().filter(|token| !token.used);
            let mut year = years.filter_map(|token| match token.kind {
                Kind::Number { value, digits: 4 } => full_year(value, 4),
                _ => None,
            });
            let day = (1..tokens.len())
                .find(|at| matches!(word(tokens, *at), Some("thang" | "thg")))
                .and_then(|at| {
                    let comma = usize::from(is_sign(tokens, at - 1, &[',']));
                    number(tokens, at.checked_sub(1 + comma)?)
                });
            (year.next_back()?, month, day.map_or(1, |(day, _)| day))
        }
    };
    fill(parts, year, month, day)
}

fn fill(parts: &mut Parts, year: i32, month: u64, day: u64) -> Option<()> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    parts.year = year;
    parts.month = u32::try_from(month).ok()?;
    parts.day = u32::try_from(day).ok()?;
    Some(())
}

/// The word that names the month. Weekdays stand first where both look like one (`mar. 5 mar.`), so
/// the last counts.
fn named_month(tokens: &[Token<'_>], text: &str) -> Option<(usize, u32)> {
    (0..tokens.len())
        .rev()
        .filter(|at| !tokens[*at].used)
        .filter_map(|at| word(tokens, at).map(|name| (at, name)))
        .take(MAX_WORDS)
        .find_map(|(at, name)| {
            let month = word(tokens, at + 1)
                .and_then(|next| months::two_words(name, next))
                .or_else(|| months::month(name, text))?;
            Some((at, month))
        })
}

/// Day and year beside the name of a month.
fn around_month(tokens: &mut [Token<'_>], month: usize, parts: &mut Parts) -> Option<()> {
    let numbers: Vec<(usize, u64, usize)> = (0..tokens.len())
        .filter(|at| !tokens[*at].used)
        .filter_map(|at| number(tokens, at).map(|(value, digits)| (at, value, digits)))
        .collect();
    let is_short_year = |(at, value, digits): &(usize, u64, usize)| {
        *digits == 2 && (*value > 31 || (*at > 0 && is_sign(tokens, at - 1, &['\''])))
    };
    let year = numbers
        .iter()
        .find(|(_, _, digits)| *digits == 4)
        .or_else(|| numbers.iter().find(|n| is_short_year(n)))
        .or_else(|| numbers.get(1).filter(|(_, _, digits)| *digits <= 2))
        .copied()?;
    let day = numbers
        .iter()
        .filter(|(at, value, digits)| *at != year.0 && *digits <= 2 && (1..=31).contains(value))
        // The one next to the month rather than any other number.
        .min_by_key(|(at, ..)| at.abs_diff(month))
        .copied();
    parts.year = full_year(year.1, year.2)?;
    parts.day = day.map_or(Some(1), |(_, value, _)| u32::try_from(value).ok())?;
    tokens[year.0].used = true;
    if let Some((at, ..)) = day {
        tokens[at].used = true;
    }
    Some(())
}

/// Day, month and year in numbers.
fn numeric_date(tokens: &mut [Token<'_>], parts: &mut Parts, american: bool) -> Option<()> {
    let free = |at: usize| tokens.get(at).is_some_and(|token| !token.used);
    let separators = ['/', '-', '.', ','];
    // Three numbers with a sign or a space between them.
    for start in 0..tokens.len() {
        let Some(a) = number(tokens, start).filter(|_| free(start)) else {
            continue;
        };
        if a.1 == 8 {
            let (year, month, day) = (a.0 / 10_000, a.0 / 100 % 100, a.0 % 100);
            if fill(parts, full_year(year, 4)?, month, day).is_some() {
                tokens[start].used = true;
                return Some(());
            }
        }
        let mut next = start + 1;
        let sign = match tokens.get(next) {
            Some(Token {
                kind: Kind::Sign(sign),
                ..
            }) if separators.contains(sign) => {
                next += 1;
                *sign
            }
            _ => ' ',
        };
        let Some(b) = number(tokens, next).filter(|_| free(next)) else {
            continue;
        };
        let mut last = next + 1;
        if is_sign(tokens, last, &separators) {
            last += 1;
        }
        let third = number(tokens, last).filter(|_| free(last));
        let Some(c) = third else {
            // Year and month.
            let (year, month) = match (a.1, b.1) {
                (4, 1 | 2) => (a, b.0),
                (1 | 2, 4) => (b, a.0),
                _ => continue,
            };
            mark(tokens, start, next + 1);
            return fill(parts, full_year(year.0, year.1)?, month, 1);
        };
        if let Some((year, month, day)) = order(a, b, c, sign, american) {
            mark(tokens, start, last + 1);
            return fill(parts, year, month, day);
        }
    }
    None
}

/// Which of three numbers is what.
fn order(
    a: (u64, usize),
    b: (u64, usize),
    c: (u64, usize),
    sign: char,
    american: bool,
) -> Option<(i32, u64, u64)> {
    let short = |n: (u64, usize)| n.1 <= 2;
    if a.1 == 4 && short(b) && short(c) {
        let year = full_year(a.0, 4)?;
        return Some(if b.0 > 12 {
            (year, c.0, b.0)
        } else {
            (year, b.0, c.0)
        });
    }
    if !short(a) || !short(b) || !(short(c) || c.1 == 4) {
        return None;
    }
    if sign == '-' && short(c) && (a.0 > 31 || (1..=12).contains(&b.0)) && (1..=31).contains(&c.0) {
        return Some((full_year(a.0, 2)?, b.0, c.0));
    }
    let year = full_year(c.0, c.1)?;
    let month_first = match (a.0 > 12, b.0 > 12) {
        (true, _) => false,
        (_, true) => true,
        _ => american && sign == '/',
    };
    Some(if month_first {
        (year, a.0, b.0)
    } else {
        (year, b.0, a.0)
    })
}

/// `10.30` and `10.30.00` behind a date.
fn loose_time(tokens: &mut [Token<'_>], parts: &mut Parts) {
    let Some(start) = (0..tokens.len()).find(|at| {
        !tokens[*at].used
            && small(tokens, *at).is_some_and(|hour| hour < 24)
            && is_sign(tokens, at + 1, &['.'])
            && tokens
                .get(at + 2)
                .is_some_and(|token| !token.used && !token.gap)
            && number(tokens, at + 2).is_some_and(|(minute, digits)| digits == 2 && minute < 60)
    }) else {
        return;
    };
    parts.hour = small(tokens, start).unwrap_or(0);
    parts.minute = small(tokens, start + 2).unwrap_or(0);
    if is_sign(tokens, start + 3, &['.'])
        && let Some(second) = small(tokens, start + 4)
    {
        parts.second = second;
    }
}
