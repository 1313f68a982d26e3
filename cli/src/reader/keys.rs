//! The one table of keys: what is dispatched, and what the help shows.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::state::Place;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    Open,
    Back,
    Filter,
    UnreadOnly,
    ToggleRead,
    MarkAllRead,
    Undo,
    Follow,
    Order,
    Overlooked,
    Perspective,
    Take,
    NextTake,
    PreviousTake,
    OpenTake,
    Compare,
    Why,
    Coverage,
    Save,
    Browser,
    Link,
    CopyLink,
    Refresh,
    Offline,
    Pack,
    NextArticle,
    PreviousArticle,
    Original,
    Languages,
    GetModel,
    RemoveModel,
    TestModel,
    AskModels,
    Mutes,
    MuteDay,
    MuteWeek,
    EndMute,
    TypeMute,
    UndoMute,
    Own,
    TypeAddress,
    AddSite,
    TypeCountry,
    RemoveSite,
    UndoChange,
    Globe,
    West,
    East,
    ZoomIn,
    ZoomOut,
    NextCountry,
    PreviousCountry,
    Help,
    Quit,
}

/// One line of the table.
pub(super) struct Binding {
    /// As the help shows them.
    pub(super) shown: &'static str,
    codes: &'static [KeyCode],
    pub(super) action: Action,
    /// Where it means something; everywhere when empty.
    pub(super) places: &'static [Place],
    pub(super) help: &'static str,
}

const ARTICLES: &[Place] = &[Place::List, Place::Article];
const LISTS: &[Place] = &[Place::World, Place::List];
/// Where a story is at hand.
const STORIES: &[Place] = &[
    Place::List,
    Place::Article,
    Place::Takes,
    Place::Why,
    Place::Coverage,
];
const CHOICES: &[Place] = &[Place::Takes, Place::Perspectives];
const LANGUAGES: &[Place] = &[Place::Languages];
const MUTES: &[Place] = &[Place::Mutes];
const OWN: &[Place] = &[Place::Own];
const GLOBE: &[Place] = &[Place::Globe];
/// Where a country is at hand.
const COUNTRIES: &[Place] = &[Place::World, Place::List, Place::Globe];
/// All but the globe, where arrows turn it.
const FLAT: &[Place] = &[
    Place::World,
    Place::List,
    Place::Article,
    Place::Takes,
    Place::Why,
    Place::Coverage,
    Place::Perspectives,
    Place::Languages,
    Place::Mutes,
    Place::Own,
];
/// Where `g` leads to the top: all but where it is the globe.
const BELOW: &[Place] = &[
    Place::List,
    Place::Article,
    Place::Takes,
    Place::Why,
    Place::Coverage,
    Place::Perspectives,
    Place::Languages,
    Place::Mutes,
    Place::Own,
];

/// Every key there is.
pub(super) const BINDINGS: &[Binding] = &[
    Binding {
        shown: "j ↓",
        codes: &[KeyCode::Char('j'), KeyCode::Down],
        action: Action::Down,
        places: &[],
        help: "down",
    },
    Binding {
        shown: "k ↑",
        codes: &[KeyCode::Char('k'), KeyCode::Up],
        action: Action::Up,
        places: &[],
        help: "up",
    },
    Binding {
        shown: "Space PgDn",
        codes: &[KeyCode::Char(' '), KeyCode::PageDown],
        action: Action::PageDown,
        places: &[],
        help: "a page down",
    },
    Binding {
        shown: "PgUp",
        codes: &[KeyCode::PageUp],
        action: Action::PageUp,
        places: &[],
        help: "a page up",
    },
    Binding {
        shown: "g Home",
        codes: &[KeyCode::Char('g'), KeyCode::Home],
        action: Action::First,
        places: BELOW,
        help: "to the top",
    },
    Binding {
        shown: "g",
        codes: &[KeyCode::Char('g')],
        action: Action::Globe,
        places: &[Place::World, Place::Globe],
        help: "the globe, or the list again",
    },
    Binding {
        shown: "Home",
        codes: &[KeyCode::Home],
        action: Action::First,
        places: &[Place::World, Place::Globe],
        help: "to the top",
    },
    Binding {
        shown: "h ←",
        codes: &[KeyCode::Char('h'), KeyCode::Left],
        action: Action::West,
        places: GLOBE,
        help: "to the west",
    },
    Binding {
        shown: "l →",
        codes: &[KeyCode::Char('l'), KeyCode::Right],
        action: Action::East,
        places: GLOBE,
        help: "to the east",
    },
    Binding {
        shown: "+ =",
        codes: &[KeyCode::Char('+'), KeyCode::Char('=')],
        action: Action::ZoomIn,
        places: GLOBE,
        help: "nearer; so does the wheel",
    },
    Binding {
        shown: "-",
        codes: &[KeyCode::Char('-')],
        action: Action::ZoomOut,
        places: GLOBE,
        help: "farther",
    },
    Binding {
        shown: "n Tab",
        codes: &[KeyCode::Char('n'), KeyCode::Tab],
        action: Action::NextCountry,
        places: GLOBE,
        help: "the next country by name",
    },
    Binding {
        shown: "p Shift-Tab",
        codes: &[KeyCode::Char('p'), KeyCode::BackTab],
        action: Action::PreviousCountry,
        places: GLOBE,
        help: "the country before it",
    },
    Binding {
        shown: "Enter",
        codes: &[KeyCode::Enter],
        action: Action::Open,
        places: GLOBE,
        help: "open the country",
    },
    Binding {
        shown: "G End",
        codes: &[KeyCode::Char('G'), KeyCode::End],
        action: Action::Last,
        places: &[],
        help: "to the end",
    },
    Binding {
        shown: "Enter l →",
        codes: &[KeyCode::Enter, KeyCode::Char('l'), KeyCode::Right],
        action: Action::Open,
        places: LISTS,
        help: "open",
    },
    Binding {
        shown: "Enter l →",
        codes: &[KeyCode::Enter, KeyCode::Char('l'), KeyCode::Right],
        action: Action::Open,
        places: CHOICES,
        help: "open, choose",
    },
    Binding {
        shown: "1 … 8",
        codes: &[
            KeyCode::Char('1'),
            KeyCode::Char('2'),
            KeyCode::Char('3'),
            KeyCode::Char('4'),
            KeyCode::Char('5'),
            KeyCode::Char('6'),
            KeyCode::Char('7'),
            KeyCode::Char('8'),
        ],
        action: Action::Take,
        places: &[Place::Article],
        help: "open the take of that number",
    },
    Binding {
        shown: "→ l Tab",
        codes: &[KeyCode::Right, KeyCode::Char('l'), KeyCode::Tab],
        action: Action::NextTake,
        places: &[Place::Article],
        help: "the next take; Enter opens it",
    },
    Binding {
        shown: "Shift-Tab",
        codes: &[KeyCode::BackTab],
        action: Action::PreviousTake,
        places: &[Place::Article],
        help: "the take before it",
    },
    Binding {
        shown: "Enter",
        codes: &[KeyCode::Enter],
        action: Action::OpenTake,
        places: &[Place::Article],
        help: "open that take",
    },
    Binding {
        shown: "t",
        codes: &[KeyCode::Char('t')],
        action: Action::Compare,
        places: STORIES,
        help: "takes beside each other; or back",
    },
    Binding {
        shown: "w",
        codes: &[KeyCode::Char('w')],
        action: Action::Why,
        places: STORIES,
        help: "why this label; or back",
    },
    Binding {
        shown: "c",
        codes: &[KeyCode::Char('c')],
        action: Action::Coverage,
        places: STORIES,
        help: "coverage: who ran it; or back",
    },
    Binding {
        shown: "f",
        codes: &[KeyCode::Char('f')],
        action: Action::Perspective,
        places: &[Place::List, Place::Perspectives],
        help: "only under a perspective; or back",
    },
    Binding {
        shown: "b",
        codes: &[KeyCode::Char('b')],
        action: Action::Order,
        places: LISTS,
        help: "by breadth of coverage, or by time",
    },
    Binding {
        shown: "V",
        codes: &[KeyCode::Char('V')],
        action: Action::Overlooked,
        places: LISTS,
        help: "overlooked by American media",
    },
    Binding {
        shown: "Esc h ←",
        codes: &[
            KeyCode::Esc,
            KeyCode::Char('h'),
            KeyCode::Left,
            KeyCode::Backspace,
        ],
        action: Action::Back,
        places: FLAT,
        help: "back",
    },
    Binding {
        shown: "Esc",
        codes: &[KeyCode::Esc, KeyCode::Backspace],
        action: Action::Back,
        places: GLOBE,
        help: "back",
    },
    Binding {
        shown: "n",
        codes: &[KeyCode::Char('n')],
        action: Action::NextArticle,
        places: &[Place::Article],
        help: "next story",
    },
    Binding {
        shown: "p",
        codes: &[KeyCode::Char('p')],
        action: Action::PreviousArticle,
        places: &[Place::Article],
        help: "previous story",
    },
    Binding {
        shown: "/",
        codes: &[KeyCode::Char('/')],
        action: Action::Filter,
        places: LISTS,
        help: "search by typing",
    },
    Binding {
        shown: "u",
        codes: &[KeyCode::Char('u')],
        action: Action::UnreadOnly,
        places: LISTS,
        help: "unread only, or all",
    },
    Binding {
        shown: "r",
        codes: &[KeyCode::Char('r')],
        action: Action::ToggleRead,
        places: ARTICLES,
        help: "read, or unread again",
    },
    Binding {
        shown: "s",
        codes: &[KeyCode::Char('s')],
        action: Action::Save,
        places: ARTICLES,
        help: "save, or no longer",
    },
    Binding {
        shown: "A",
        codes: &[KeyCode::Char('A')],
        action: Action::MarkAllRead,
        places: LISTS,
        help: "mark all that is listed read",
    },
    Binding {
        shown: "U",
        codes: &[KeyCode::Char('U')],
        action: Action::Undo,
        places: LISTS,
        help: "take that back",
    },
    Binding {
        shown: "F",
        codes: &[KeyCode::Char('F')],
        action: Action::Follow,
        places: COUNTRIES,
        help: "follow the country, or no longer",
    },
    Binding {
        shown: "o",
        codes: &[KeyCode::Char('o')],
        action: Action::Browser,
        places: ARTICLES,
        help: "open in the browser",
    },
    Binding {
        shown: "e",
        codes: &[KeyCode::Char('e')],
        action: Action::Link,
        places: &[Place::Article],
        help: "open a link: type its number",
    },
    Binding {
        shown: "x",
        codes: &[KeyCode::Char('x')],
        action: Action::Original,
        places: &[],
        help: "the original, both, or English again",
    },
    Binding {
        shown: "L",
        codes: &[KeyCode::Char('L')],
        action: Action::Languages,
        places: &[],
        help: "languages, or back",
    },
    Binding {
        shown: "i",
        codes: &[KeyCode::Char('i')],
        action: Action::GetModel,
        places: &[Place::Article],
        help: "get the model for its language",
    },
    Binding {
        shown: "Enter l →",
        codes: &[KeyCode::Enter, KeyCode::Char('l'), KeyCode::Right],
        action: Action::Open,
        places: LANGUAGES,
        help: "install the model, or set the line",
    },
    Binding {
        shown: "i",
        codes: &[KeyCode::Char('i')],
        action: Action::GetModel,
        places: LANGUAGES,
        help: "install the model, or stop",
    },
    Binding {
        shown: "D",
        codes: &[KeyCode::Char('D')],
        action: Action::RemoveModel,
        places: LANGUAGES,
        help: "remove the model",
    },
    Binding {
        shown: "t",
        codes: &[KeyCode::Char('t')],
        action: Action::TestModel,
        places: LANGUAGES,
        help: "translate a sentence, to try it",
    },
    Binding {
        shown: "a",
        codes: &[KeyCode::Char('a')],
        action: Action::AskModels,
        places: LANGUAGES,
        help: "ask which models there are",
    },
    Binding {
        shown: "m",
        codes: &[KeyCode::Char('m')],
        action: Action::Mutes,
        places: &[Place::World, Place::List, Place::Article, Place::Mutes],
        help: "mute this; what is muted; or back",
    },
    Binding {
        shown: "Enter l →",
        codes: &[KeyCode::Enter, KeyCode::Char('l'), KeyCode::Right],
        action: Action::Open,
        places: MUTES,
        help: "mute for good, or show what is hidden",
    },
    Binding {
        shown: "d",
        codes: &[KeyCode::Char('d')],
        action: Action::MuteDay,
        places: MUTES,
        help: "mute for a day",
    },
    Binding {
        shown: "w",
        codes: &[KeyCode::Char('w')],
        action: Action::MuteWeek,
        places: MUTES,
        help: "mute for a week",
    },
    Binding {
        shown: "/",
        codes: &[KeyCode::Char('/')],
        action: Action::TypeMute,
        places: MUTES,
        help: "type words to mute",
    },
    Binding {
        shown: "D",
        codes: &[KeyCode::Char('D')],
        action: Action::EndMute,
        places: MUTES,
        help: "mute it no longer",
    },
    Binding {
        shown: "U",
        codes: &[KeyCode::Char('U')],
        action: Action::UndoMute,
        places: MUTES,
        help: "take the last change back",
    },
    Binding {
        shown: "H",
        codes: &[KeyCode::Char('H')],
        action: Action::Own,
        places: &[Place::World, Place::List, Place::Article, Place::Own],
        help: "what is yours: sites, what was read; or back",
    },
    Binding {
        shown: "Enter l →",
        codes: &[KeyCode::Enter, KeyCode::Char('l'), KeyCode::Right],
        action: Action::Open,
        places: OWN,
        help: "choose a feed, take back, or open",
    },
    Binding {
        shown: "/",
        codes: &[KeyCode::Char('/')],
        action: Action::TypeAddress,
        places: OWN,
        help: "type the address of a site to add",
    },
    Binding {
        shown: "A",
        codes: &[KeyCode::Char('A')],
        action: Action::AddSite,
        places: OWN,
        help: "add the site that was found",
    },
    Binding {
        shown: "c",
        codes: &[KeyCode::Char('c')],
        action: Action::TypeCountry,
        places: OWN,
        help: "type its country",
    },
    Binding {
        shown: "D",
        codes: &[KeyCode::Char('D')],
        action: Action::RemoveSite,
        places: OWN,
        help: "remove the site",
    },
    Binding {
        shown: "U",
        codes: &[KeyCode::Char('U')],
        action: Action::UndoChange,
        places: OWN,
        help: "take the last change back",
    },
    Binding {
        shown: "y",
        codes: &[KeyCode::Char('y')],
        action: Action::CopyLink,
        places: ARTICLES,
        help: "copy the link",
    },
    Binding {
        shown: "R",
        codes: &[KeyCode::Char('R')],
        action: Action::Refresh,
        places: &[],
        help: "fetch what is new, or stop",
    },
    Binding {
        shown: "p",
        codes: &[KeyCode::Char('p')],
        action: Action::Pack,
        places: LISTS,
        help: "pack the country for offline, or stop",
    },
    Binding {
        shown: "O",
        codes: &[KeyCode::Char('O')],
        action: Action::Offline,
        places: &[],
        help: "fetch nothing, or again",
    },
    Binding {
        shown: "?",
        codes: &[KeyCode::Char('?')],
        action: Action::Help,
        places: &[],
        help: "these keys",
    },
    Binding {
        shown: "q",
        codes: &[KeyCode::Char('q')],
        action: Action::Quit,
        places: &[],
        help: "quit",
    },
];

/// What a key means at a place.
pub(super) fn action(key: KeyEvent, place: Place) -> Option<Action> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c') => Some(Action::Quit),
            KeyCode::Char('d' | 'f') => Some(Action::PageDown),
            KeyCode::Char('u' | 'b') => Some(Action::PageUp),
            _ => None,
        };
    }
    if key.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    BINDINGS
        .iter()
        .find(|binding| {
            binding.codes.contains(&key.code)
                && (binding.places.is_empty() || binding.places.contains(&place))
        })
        .map(|binding| binding.action)
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_at_one_place() {
        for place in [
            Place::World,
            Place::Globe,
            Place::List,
            Place::Article,
            Place::Takes,
            Place::Why,
            Place::Coverage,
            Place::Perspectives,
            Place::Languages,
            Place::Mutes,
            Place::Own,
        ] {
            let mut seen = Vec::new();
            for binding in BINDINGS {
                if !binding.places.is_empty() && !binding.places.contains(&place) {
                    continue;
                }
                for code in binding.codes {
                    assert!(!seen.contains(code), "{code:?} at {place:?}");
                    seen.push(*code);
                }
            }
        }
    }
}
