//! The screen of languages.

use overview_core::language::TranslateError;
use overview_core::language::models::{FileRole, InstalledModel, Model, ModelFile};
use overview_core::model::{ArticleTranslation, EngineKind, TranslatedBy};
use overview_core::translation::{ModelOffer, TranslationSettings, TranslationState};

use super::super::languages::{Item, Known, Setting};
use super::super::state::Translating;
use super::*;

fn model(language: &str, version: &str, bytes: u64) -> Model {
    Model {
        language: language.to_owned(),
        version: version.to_owned(),
        licence: "MPL-2.0".to_owned(),
        files: vec![ModelFile {
            role: FileRole::Model,
            url: "https://models.example/model.bin".parse().unwrap(),
            sha256: "0".repeat(64),
            bytes,
        }],
    }
}

/// A model that is here, a newer one of it and two more that are offered.
pub(super) fn known() -> Known {
    Known {
        settings: TranslationSettings {
            manifest: Some("https://models.example/list.json".parse().unwrap()),
            ..TranslationSettings::default()
        },
        installed: vec![InstalledModel {
            model: model("pt", "1.0", 22_954_145),
            folder: "/models/pt-en".into(),
        }],
        offered: vec![
            model("uk", "1.2", 31_600_000),
            model("pt", "1.1", 23_100_000),
            model("km", "1.0", 18_700_000),
        ],
    }
}

#[test]
fn languages_at_three_sizes() {
    for size in [(60, 16), (100, 30), (160, 40)] {
        let (mut shelf, mut state) = opened(size, 40);
        shelf.type_in(&mut state, "L");
        let mut screens = vec![drawn(&state)];
        // Ukrainian is under way, and Portuguese is tried.
        shelf.type_in(&mut state, "G");
        assert_eq!(key(&mut state, 'i'), [Effect::Install("uk".to_owned())]);
        shelf.tell(&mut state, Message::InstallProgress(9_480_000));
        screens.push(drawn(&state));
        shelf.type_in(&mut state, "kt");
        screens.push(drawn(&state));
        insta::assert_snapshot!(format!("{}x{}", size.0, size.1), screens.join("\n"));
    }
}

#[test]
fn a_model_is_installed_stopped_and_removed() {
    let (mut shelf, mut state) = opened((100, 30), 8);
    shelf.type_in(&mut state, "LG");
    assert_eq!(state.languages.selected, Item::Model("uk".to_owned()));
    assert_eq!(key(&mut state, 'i'), [Effect::Install("uk".to_owned())]);
    assert_eq!(key(&mut state, 'i'), [Effect::StopInstall]);
    let failed = Err("the download was cancelled".to_owned());
    shelf.tell(&mut state, Message::Installed(failed));
    assert_eq!(state.installing, None);
    assert!(drawn(&state).contains("Not installed: the download was cancelled."));
    // What Enter begins ends installed, and is not offered again.
    shelf.type_in(&mut state, "\n");
    assert!(
        shelf
            .known
            .installed
            .iter()
            .any(|it| it.model.language == "uk")
    );
    assert!(drawn(&state).contains("uk-en 1.2 is installed."));
    assert_eq!(key(&mut state, '\n'), []);
    assert_eq!(key(&mut state, 'i'), []);
    assert!(drawn(&state).contains("there is no newer one"));
    // Removing is asked for twice, and anything else between takes it back.
    assert_eq!(key(&mut state, 'D'), []);
    shelf.type_in(&mut state, "kG");
    assert_eq!(key(&mut state, 'D'), []);
    assert!(drawn(&state).contains("D again removes the model for Ukrainian."));
    shelf.type_in(&mut state, "D");
    assert!(
        shelf
            .known
            .installed
            .iter()
            .all(|it| it.model.language != "uk")
    );
}

#[test]
fn settings_are_typed_and_what_is_wrong_stays_to_be_put_right() {
    let (mut shelf, mut state) = opened((100, 30), 8);
    shelf.type_in(&mut state, "Lg");
    assert_eq!(state.languages.selected, Item::Setting(Setting::Order));
    shelf.type_in(&mut state, "\n babel\n");
    assert!(drawn(&state).contains("`babel` is none of edition"));
    assert!(state.languages.typing.is_some());
    for _ in " babel".chars() {
        let back = KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE);
        shelf.tell(&mut state, Message::Key(back));
    }
    shelf.type_in(&mut state, "\n");
    assert_eq!(state.languages.typing, None);
    assert_eq!(shelf.known.settings.order, EngineKind::ALL);
    // Keys are letters while something is typed, and Escape leaves it as it was.
    shelf.type_in(&mut state, "jj\nq\u{1b}");
    assert!(!state.ended);
    assert_eq!(state.place, Place::Languages);
    assert_eq!(shelf.known, known());
    shelf.type_in(&mut state, "\u{1b}");
    assert_eq!(state.place, Place::World);
}

/// An article in Khmer, open, that nobody translates.
fn untranslated(size: (u16, u16), offer: Option<ModelOffer>) -> (Shelf, State) {
    let (mut shelf, mut state) = opened(size, 8);
    for article in shelf.articles.values_mut() {
        article.row.language = "km".to_owned();
    }
    shelf.type_in(&mut state, "\n\n");
    let stands = TranslationState::NotTranslated {
        language: "Khmer".to_owned(),
        why: Some(TranslateError::NotInstalled {
            language: "Khmer".to_owned(),
        }),
        offer,
    };
    let article = state.article.article.clone().unwrap();
    shelf.tell(&mut state, Message::Translated(article, stands));
    (shelf, state)
}

#[test]
fn an_article_says_which_model_it_wants_and_one_key_gets_it() {
    let offer = ModelOffer {
        language: "km".to_owned(),
        bytes: 18_700_000,
    };
    let (mut shelf, mut state) = untranslated((100, 30), Some(offer));
    let note = "Not translated: no model for Khmer installed. Get it (19 MB): press i.";
    assert!(drawn(&state).contains(note), "{}", drawn(&state));
    assert_eq!(key(&mut state, 'i'), [Effect::Install("km".to_owned())]);
    assert!(drawn(&state).contains("Installing Khmer: 0 B of 18.7 MB"));
    // Once it is here the open article is translated with it, and then the rest.
    let id = state.article.id.unwrap();
    let effects = update(&mut state, Message::Installed(Ok("km-en 1.0".to_owned())));
    assert!(effects.contains(&Effect::Translate(id)), "{effects:?}");
    assert!(effects.contains(&Effect::TranslateInBackground));
    assert_eq!(state.article.translating, Translating::Asked);
    shelf.tell(&mut state, Message::Stale);
}

#[test]
fn without_a_known_model_the_key_leads_to_the_languages_and_back() {
    let (mut shelf, mut state) = untranslated((100, 30), None);
    let note = "Not translated: no model for Khmer installed.";
    assert!(drawn(&state).contains(note) && !drawn(&state).contains("Get it"));
    shelf.type_in(&mut state, "jjjj");
    let (scroll, words) = (state.article.scroll, top(&state));
    assert_eq!(scroll, 4);
    shelf.type_in(&mut state, "i");
    assert_eq!(state.place, Place::Languages);
    assert_eq!(state.languages.selected, Item::Model("km".to_owned()));
    shelf.tell(&mut state, Message::Resized(70, 24));
    shelf.type_in(&mut state, "\u{1b}");
    shelf.tell(&mut state, Message::Resized(100, 30));
    assert_eq!(state.place, Place::Article);
    assert_eq!((state.article.scroll, top(&state)), (scroll, words));
}

#[test]
fn a_body_that_a_better_engine_did_again_does_not_move_who_reads_it() {
    let (mut shelf, mut state) = untranslated((100, 20), None);
    shelf.type_in(&mut state, "jjjjjjjjjjjjjjjjjj");
    let (id, before) = (state.article.id.unwrap(), top(&state));
    assert_eq!(
        update(&mut state, Message::BodyChanged(id)),
        [Effect::LoadTranslation(id)]
    );
    assert_eq!(
        update(&mut state, Message::BodyChanged(ArticleId(-1))),
        [],
        "of another article"
    );
    let mut article = state.article.article.clone().unwrap();
    let by = TranslatedBy {
        engine: EngineKind::Firefox,
        model: "km-en 1.0".to_owned(),
    };
    article.translation = Some(ArticleTranslation {
        standfirst: None,
        lead: None,
        blocks: article.blocks.clone(),
        by: vec![by.clone()],
        missing: 0,
    });
    let stands = TranslationState::Translated {
        language: "Khmer".to_owned(),
        by: vec![by],
    };
    shelf.tell(&mut state, Message::Translated(article, stands));
    assert_eq!(top(&state), before);
}
