//! Names of time zones.

/// The offset of a zone by its lower-case name, in minutes east of UTC.
pub(super) fn minutes(name: &str) -> Option<i32> {
    Some(match name {
        "z" | "ut" | "utc" | "gmt" | "wet" | "zulu" | "egst" | "uct" => 0,
        // Europe and its neighbours.
        "bst" | "cet" | "met" | "mez" | "west" | "wat" => 60,
        "cest" | "mest" | "mesz" | "eet" | "cat" | "sast" | "oesz" | "oez" => 120,
        "eest" | "msk" | "eat" | "idt" | "trt" | "fet" | "мск" => 180,
        "msd" | "samt" | "gst" | "azt" | "get" | "amt" | "volt" => 240,
        // Asia.
        "irst" => 210,
        "irdt" | "aft" => 270,
        "pkt" | "yekt" | "uzt" | "tmt" | "tjt" | "mvt" | "almt" | "qyzt" => 300,
        "ist" | "slst" | "lkt" => 330,
        "npt" => 345,
        "omst" | "kgt" | "btt" | "bdst" => 360,
        "mmt" | "cct" => 390,
        "ict" | "wib" | "krat" | "novt" | "hovt" => 420,
        "hkt" | "sgt" | "myt" | "pht" | "phst" | "wita" | "irkt" | "awst" | "ulat" | "bnt" => 480,
        "jst" | "kst" | "wit" | "yakt" | "tlt" => 540,
        "acst" => 570,
        "aest" | "vlat" | "chst" | "pgt" => 600,
        "acdt" => 630,
        "aedt" | "magt" | "sakt" | "sbt" | "nct" => 660,
        "nzst" | "pett" | "fjt" => 720,
        "nzdt" => 780,
        // America.
        "nst" => -210,
        "ndt" => -150,
        "adt" | "brt" | "art" | "clst" | "uyt" | "gft" | "srt" | "pyst" => -180,
        "brst" | "fnt" => -120,
        "ast" | "edt" | "at" | "clt" | "bot" | "vet" | "gyt" | "pyt" | "hae" | "hna" => -240,
        "est" | "et" | "cdt" | "cot" | "pet" | "ect" | "act" | "hne" | "hac" => -300,
        "cst" | "ct" | "mdt" | "hnc" | "har" | "galt" => -360,
        "mst" | "mt" | "pdt" | "hnr" | "hap" => -420,
        "pst" | "pt" | "akdt" | "hnp" => -480,
        "akst" => -540,
        "hst" | "hast" => -600,
        "sst" => -660,
        _ => return None,
    })
}

/// A zone of North America, where the month stands before the day.
pub(super) fn is_american(name: &str) -> bool {
    matches!(
        name,
        "est"
            | "edt"
            | "et"
            | "cst"
            | "cdt"
            | "ct"
            | "mst"
            | "mdt"
            | "mt"
            | "pst"
            | "pdt"
            | "pt"
            | "akst"
            | "akdt"
    )
}

/// The beginning of a zone's long name, as in `Eastern Daylight Time`, with what follows it.
pub(super) fn long_name(first: &str, second: &str) -> Option<i32> {
    let standard = match first {
        "eastern" => -300,
        "central" => -360,
        "mountain" => -420,
        "pacific" => -480,
        _ => return None,
    };
    match second {
        "standard" | "time" => Some(standard),
        "daylight" | "summer" => Some(standard + 60),
        _ => None,
    }
}

/// RFC 822's letters: A to M without J are hours behind UTC, N to Y hours ahead.
pub(super) fn letter(name: &str) -> Option<i32> {
    let [letter] = name.as_bytes() else {
        return None;
    };
    let hours = match letter {
        b'a'..=b'i' => -i32::from(letter - b'a' + 1),
        b'k'..=b'm' => -i32::from(letter - b'a'),
        b'n'..=b'y' => i32::from(letter - b'n' + 1),
        b'z' => 0,
        _ => return None,
    };
    Some(hours * 60)
}
