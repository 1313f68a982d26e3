//! What is found, in every script.

use proptest::prelude::*;

use super::*;
use crate::model::Stretch;

fn finds(text: &str, typed: &str) -> bool {
    Typed::search(typed).is_in(&indexed_short(text))
}

fn shown(stretches: Option<Vec<Stretch>>) -> String {
    stretches.map_or_else(String::new, |stretches| {
        let mark = |stretch: &Stretch| match stretch.found {
            true => format!("[{}]", stretch.text),
            false => stretch.text.clone(),
        };
        stretches.iter().map(mark).collect()
    })
}

#[test]
fn what_is_spelt_alike_is_found() {
    for (text, typed) in [
        ("Gdańsk i Łódź", "gdansk lodz"),
        ("São Paulo", "SAO PAULO"),
        ("Straße nach Århus", "strasse arhus"),
        ("İstanbul'da ışık", "istanbul isik"),
        ("L’État c’est moi", "etat"),
        ("об’єднані п'ять", "об'єднані"),
        ("Елка и ёлка, Йорк", "елка иорк"),
        ("ｆｕｌｌ　ｗｉｄｔｈ １２", "full width 12"),
        // With and without vowel marks; alef with hamza; the letters of Persian.
        ("الْحُكُومَةُ تُعلِن", "الحكومة تعلن"),
        ("أحمد إلى آخر", "احمد الي اخر"),
        ("کتاب فارسی", "كتاب فارسي"),
        ("كـــتاب ٢٠٢٦", "كتاب 2026"),
        ("שָׁלוֹם עולם", "שלום"),
        ("हिन्दी समाचार", "हिन्दी"),
        // Scripts without spaces, by any part of two characters.
        ("北京举行奥运会", "奥运"),
        ("北京举行奥运会", "北京举行"),
        ("東京タワーの朝", "タワー"),
        ("กรุงเทพมหานคร", "เทพ"),
        ("ປະເທດລາວ", "ລາວ"),
        ("ភ្នំពេញ", "ភ្នំ"),
        ("ရန်ကုန်မြို့", "ရန်ကုန်"),
        ("iPhone手机", "手机 iphone"),
        ("北京", "京"),
        // Korean words go on.
        ("대통령이 선거에서", "대통령 선거"),
        // The last word goes on, and one before an asterisk.
        ("rivers rising", "rising riv"),
        ("rivers rising", "riv* rising"),
        ("The well-known U.S. case", "well-known u.s."),
    ] {
        assert!(
            finds(text, typed),
            "{typed:?} in {text:?}: {}",
            indexed(text)
        );
    }
}

#[test]
fn what_is_not_meant_is_not_found() {
    for (text, typed) in [
        ("rivers rising", "riv rising"),
        ("rivers rising", "ri"),
        ("rising rivers", "\"rivers rising\""),
        ("北京举行奥运会", "京奥"),
        ("北京和南京", "北南"),
        ("the art of war", "\"the war\""),
        ("ガス", "\"カス\""),
    ] {
        assert!(!finds(text, typed), "{typed:?} in {text:?}");
    }
    for nothing in ["", "   ", "\"", "\"\"", "* - ( ) ^ :", "…"] {
        assert!(Typed::search(nothing).is_empty(), "{nothing:?}");
    }
}

#[test]
fn a_mute_means_whole_words_together() {
    let hides = |muted: &str, text: &str| Typed::phrase(muted).is_in(&indexed(text));
    assert!(hides("world cup", "The World-Cup begins"));
    assert!(hides("Трамп", "«Трамп» сказал"));
    assert!(hides("Trump", "Trump's plan"));
    assert!(hides("奥运", "北京奥运会"));
    assert!(hides("이란", "이란의 대통령"));
    assert!(!hides("art", "party at the start"));
    assert!(!hides("world cup", "a cup of the world"));
    assert!(!hides("이란", "것이란"));
}

#[test]
fn what_is_found_is_marked_in_the_text_as_it_is_written() {
    let marks = |text: &str, typed: &str| shown(marked(text, &Typed::search(typed)));
    assert_eq!(marks("Łódź leży tu", "lodz"), "[Łódź] leży tu");
    assert_eq!(marks("الْحُكُومَةُ تُعلِن", "الحكومة"), "[الْحُكُومَةُ] تُعلِن");
    assert_eq!(marks("北京举行奥运会", "奥运会"), "北京举行[奥运会]");
    assert_eq!(marks("南京和北京人", "京"), "南[京]和北[京]人");
    assert_eq!(marks("Cafe\u{301}s open", "cafes"), "[Cafe\u{301}s] open");
    assert_eq!(marks("nothing here", "river"), "");
    let text = "word ".repeat(100) + "the river rises at last " + &"more ".repeat(100);
    let around = shown(excerpt(&text, &Typed::search("river"), 80));
    assert!(around.starts_with('…') && around.ends_with('…'), "{around}");
    assert!(around.contains("the [river] rises"), "{around}");
}

/// Texts of people: letters of many scripts, marks, quotes, operators, controls.
fn typed() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        ".{0,6}",
        "[a-zA-Zéłßİ]{1,8}",
        "[北京举行奥运会ガスﾀﾞ]{1,6}",
        "[กรุงเทพที่นี้]{1,6}",
        "[\u{627}-\u{64A}\u{64B}-\u{65F}]{1,6}",
        "[가-힣ㄱ-ㅎ]{1,4}",
        "[\"'*^:()\\-+{}~\u{0}“”「」]{1,4}",
        Just(" AND ".to_owned()),
        Just(" NOT ".to_owned()),
        Just(" NEAR(".to_owned()),
        Just("title:".to_owned()),
    ];
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_text_is_found_by_each_of_its_words(text in typed()) {
        let index = indexed(&text);
        for word in text.split_whitespace() {
            let typed = Typed::phrase(word);
            prop_assert!(typed.is_empty() || typed.terms().iter().all(|term| term.is_in(&index)), "{word:?} in {index:?}");
        }
    }

    #[test]
    fn the_fast_way_through_a_text_and_the_slow_one_agree(text in typed()) {
        // Beside a letter that is not ASCII nothing is fast.
        let slow: Vec<String> = text
            .split([' ', '\n'])
            .map(|word| indexed(&format!("é,{word}")))
            .collect();
        let slow = slow.join(" ").split(' ').filter(|word| *word != "e").collect::<Vec<_>>().join(" ");
        let fast = indexed(&text).split(' ').filter(|word| *word != "e").collect::<Vec<_>>().join(" ");
        prop_assert_eq!(fast, slow);
    }

    #[test]
    fn marking_takes_nothing_from_a_text(text in typed(), search in typed()) {
        let typed = Typed::search(&search);
        if let Some(stretches) = marked(&text, &typed) {
            let whole: String = stretches.iter().map(|stretch| stretch.text.as_str()).collect();
            prop_assert_eq!(whole, text.clone());
            prop_assert!(stretches.iter().any(|stretch| stretch.found));
        }
        let _ = excerpt(&text, &typed, 10);
    }

    #[test]
    fn what_is_in_the_index_is_marked_in_the_text(text in typed()) {
        let typed = Typed::phrase(&text);
        if typed.terms().len() == 1 && typed.is_in(&indexed(&text)) {
            prop_assert!(marked(&text, &typed).is_some());
        }
    }
}
