//! The screen, drawn from the state alone.

use overview_core::language::name_of;
use overview_core::model::{StoryOrder, StoryRow, Stretch};
use overview_core::search::{Typed, marked};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

use super::globe_view;
use super::keys::BINDINGS;
use super::layout::{self, ROW_LINES};
use super::own::Typing;
use super::state::{Listing, Place, Reads, State, Translating, WorldRow};
use super::stories_view::{self, prefix_style};
use super::theme::Theme;
use super::update::world_place;
use super::{languages_view, mutes_view, own_view};
use crate::output::figures::{age, ago, bytes, count};
use crate::output::text;
use crate::prose::{self, Kind};
use crate::telling;

pub(super) fn draw(frame: &mut Frame<'_>, state: &State, theme: &Theme) {
    let panes = layout::panes(state);
    let shown = layout::shown(state);
    header(frame, panes.header, state, theme);
    if let Some(rect) = shown.world {
        world(frame, rect, state, theme);
    }
    if let Some(rect) = shown.globe {
        globe_view::draw(frame, rect, state, theme);
    }
    if let Some(rect) = shown.list {
        list(frame, rect, state, theme);
    }
    if let Some(rect) = shown.article {
        article(frame, rect, state, theme);
    }
    if let Some(rect) = shown.languages {
        languages_view::draw(frame, rect, state, theme);
    } else if let Some(rect) = shown.mutes {
        mutes_view::draw(frame, rect, state, theme);
    } else if let Some(rect) = shown.own {
        own_view::draw(frame, rect, state, theme);
    } else if let Some(rect) = shown.story {
        stories_view::draw(frame, rect, state, theme);
    } else if let Some(right) = shown.globe.map_or(panes.right, |_| shown.world) {
        let rule = Rect::new(right.x - 1, right.y, 1, right.height);
        let bar = vec![Line::from("│").style(theme.dim); usize::from(rule.height)];
        frame.render_widget(Paragraph::new(bar), rule);
    }
    status(frame, panes.status, state, theme);
    if state.help {
        help(frame, state, theme);
    }
}

fn header(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let mut spans = vec![Span::styled(" Overview", theme.strong)];
    let country = state.country_summary();
    if state.place == Place::Languages {
        spans.push(Span::styled("  ›  ", theme.dim));
        spans.push(Span::styled("Languages", theme.strong));
    } else if state.place == Place::Mutes {
        spans.push(Span::styled("  ›  ", theme.dim));
        spans.push(Span::styled("Muted", theme.strong));
    } else if state.place == Place::Own {
        spans.push(Span::styled("  ›  ", theme.dim));
        spans.push(Span::styled("Yours", theme.strong));
    } else if !matches!(state.place, Place::World | Place::Globe)
        && let Some(listing) = state.list.of
    {
        spans.push(Span::styled("  ›  ", theme.dim));
        match (listing, country) {
            (Listing::Country(_), Some(country)) => {
                spans.push(Span::styled(country.name.clone(), theme.strong));
                spans.push(Span::styled(format!("  {}", country.country), theme.accent));
            }
            (listing, _) => spans.push(Span::styled(listing_name(listing), theme.strong)),
        }
        if let Some(chosen) = &state.list.perspective {
            spans.push(Span::styled("  as told by  ", theme.dim));
            let mark = telling::label(chosen.kind, &chosen.name);
            spans.push(Span::styled(mark, theme.perspective(chosen.kind)));
        }
        let place = match state.place {
            Place::Takes => Some("Takes"),
            Place::Why => Some("Why this label?"),
            Place::Coverage => Some("Coverage"),
            Place::Perspectives => Some("Perspectives"),
            _ => None,
        };
        if let Some(place) = place {
            spans.push(Span::styled("  ›  ", theme.dim));
            spans.push(Span::styled(place, theme.strong));
        } else {
            spans.push(Span::styled(list_words(state), theme.dim));
        }
    } else {
        let unread: u64 = state
            .world
            .countries
            .iter()
            .map(|country| u64::from(country.unread_stories))
            .sum();
        let countries = state.world.countries.len();
        let counts = format!("  {} unread in {countries} countries", count(unread));
        spans.push(Span::styled(counts, theme.dim));
    }
    frame.render_widget(Paragraph::new(Line::from(spans)), rect);
    if state.sample {
        let note = " SAMPLE: invented publishers and news ";
        let wide = u16::try_from(text::width(note)).unwrap_or(u16::MAX);
        // On a narrow screen it takes the place of the counts, never the other way round.
        let wide = wide.min(rect.width.saturating_sub(10));
        let place = Rect::new(rect.width - wide, rect.y, wide, rect.height);
        frame.render_widget(Clear, place);
        let style = theme.warning.add_modifier(Modifier::REVERSED);
        frame.render_widget(Paragraph::new(Line::styled(note, style)), place);
    }
}

fn listing_name(listing: Listing) -> &'static str {
    match listing {
        Listing::World => "World",
        Listing::Overlooked => "Overlooked by American media",
        Listing::Muted => "Muted",
        Listing::Country(_) => "",
    }
}

/// How much there is in the list, or how it is ordered where that is not by time.
fn list_words(state: &State) -> String {
    match state.order() {
        StoryOrder::Claim => "  strongest claims first".to_owned(),
        StoryOrder::Breadth => "  by countries, then publishers, then time".to_owned(),
        StoryOrder::Time => match state.country_summary() {
            Some(country) if state.list.perspective.is_none() => {
                let refreshed = country
                    .refreshed_at
                    .map(|at| format!(" · fetched {}", ago(state.now, at)))
                    .unwrap_or_default();
                format!(
                    "  {} unread of {} stories{refreshed}",
                    count(country.unread_stories),
                    count(country.stories)
                )
            }
            _ => "  newest first".to_owned(),
        },
    }
}

fn world(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let rows = state.world_rows();
    if rows.is_empty() {
        let words = match (state.world.loaded, state.world.filter.is_empty()) {
            (false, _) => "",
            (true, false) => "No country by that name.",
            (true, true) => "Nothing unread. u shows all countries, R fetches what is new.",
        };
        return say(frame, rect, words, theme);
    }
    let height = usize::from(rect.height);
    let place = world_place(&rows, state.world.selected);
    let first = layout::first_row(place, rows.len(), height);
    let active = matches!(state.place, Place::World | Place::Globe);
    for (line, row) in rows.iter().skip(first).take(height).enumerate() {
        let at = row_rect(rect, line, 1);
        match row {
            WorldRow::All(listing) => {
                let selected = state.world.selected == Some(*listing);
                let style = row_style(selected, active, theme);
                let (mark, right) = match (listing, state.world.overlooked) {
                    (Listing::Overlooked, (0, _)) => ("◌", String::new()),
                    (Listing::Overlooked, (many, more)) => {
                        ("◌", format!("{many}{} ", if more { "+" } else { "" }))
                    }
                    _ => ("◎", String::new()),
                };
                let colour = match listing {
                    Listing::Overlooked => theme.warning,
                    _ => theme.accent,
                };
                let left = [
                    Span::styled(format!(" {mark} "), colour),
                    Span::raw(listing_name(*listing)),
                ];
                let right = on(style, [Span::styled(right, theme.dim)]).remove(0);
                two_sided(frame, at, on(style, left), right, style);
            }
            WorldRow::Region(region, unread) => {
                let left = Span::styled(format!(" {}", region.name()), theme.strong);
                let right = Span::styled(format!("{} ", count(*unread)), theme.dim);
                two_sided(frame, at, vec![left], right, Style::new());
            }
            WorldRow::Country(country) => {
                let selected = state.world.selected == Some(Listing::Country(country.country));
                let style = row_style(selected, active, theme);
                let fresh = if country.unread_stories > 0 {
                    theme.accent
                } else {
                    theme.dim
                };
                let dot = if country.unread_stories > 0 {
                    "●"
                } else {
                    " "
                };
                let name = if country.unread_stories > 0 {
                    Style::new()
                } else {
                    theme.dim
                };
                let follow = if country.followed { " ★" } else { "" };
                let left = [
                    Span::styled(format!("   {dot} "), fresh),
                    Span::styled(format!("{} ", country.country), theme.dim),
                    Span::styled(country.name.clone(), name),
                    Span::styled(follow, theme.saved),
                ];
                let refreshed = country
                    .refreshed_at
                    .map(|at| age(state.now, at))
                    .unwrap_or_default();
                let publishers = country.publishers;
                let right = if rect.width >= 56 {
                    format!(
                        "{publishers:>3} publishers {:>7} unread {refreshed:>5} ",
                        count(country.unread_stories)
                    )
                } else {
                    format!("{:>6} ", count(country.unread_stories))
                };
                let right = on(style, [Span::styled(right, theme.dim)]).remove(0);
                two_sided(frame, at, on(style, left), right, style);
            }
        }
    }
}

fn list(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let rows = &state.list.rows;
    if rows.is_empty() {
        let words = if state.list.waiting || state.list.of.is_none() {
            ""
        } else if !state.list.filter.is_empty() {
            "Nothing here has these words. Esc shows all."
        } else if state.list.of == Some(Listing::Muted) {
            "Nothing is hidden by what is muted."
        } else if state.list.perspective.is_some() {
            "Nothing here is told under this perspective. Esc shows all."
        } else if state.list.of == Some(Listing::Overlooked) {
            "Nothing is claimed now. Claims need a day, and enough American outlets that answer."
        } else if state.by_breadth {
            "No story of several articles yet. b lists by time."
        } else if state.unread_only {
            "All read. u shows everything, R fetches what is new."
        } else {
            "No stories yet. R fetches them."
        };
        return say(frame, rect, words, theme);
    }
    let (first, fitting) = layout::story_window(state, rect);
    let active = state.place == Place::List;
    for (line, row) in rows.iter().skip(first).take(fitting).enumerate() {
        let at = row_rect(rect, line * ROW_LINES, 2);
        let selected = state.list.selected == Some(row.id) && state.place != Place::World;
        story_row(
            frame,
            at,
            row,
            row_style(selected, active, theme),
            state,
            theme,
        );
    }
}

fn story_row(
    frame: &mut Frame<'_>,
    rect: Rect,
    story: &StoryRow,
    style: Style,
    state: &State,
    theme: &Theme,
) {
    let row = &story.lead;
    let (dot, title) = if row.state.read {
        (Span::raw("   "), theme.dim)
    } else {
        (Span::styled(" ● ", theme.accent), theme.strong)
    };
    let room = usize::from(rect.width.saturating_sub(4));
    let title_text = match state.reads {
        Reads::Original => &row.title,
        Reads::English | Reads::Both => row.shown_title(),
    };
    let headline = text::fit(text::line(title_text), room);
    let mut marks = Vec::new();
    if story.takes > 0 {
        let shapes = story
            .marks
            .iter()
            .map(|kind| Span::styled(telling::shape(*kind).to_string(), theme.perspective(*kind)));
        marks.push(Span::raw("  "));
        marks.extend(shapes);
        marks.push(Span::raw(match story.takes {
            1 => " 1 take".to_owned(),
            takes => format!(" {takes} takes"),
        }));
    }
    if story.countries > 1 {
        marks.push(Span::styled(
            format!("  {} countries", story.countries),
            theme.dim,
        ));
    }
    if let Some(mark) = &story.overlooked {
        let words = format!("  {}", telling::overlooked(mark));
        marks.push(Span::styled(words, theme.warning));
    }
    if row.ready {
        marks.push(Span::styled("  ✓ ready", theme.dim));
    }
    if row.state.saved {
        marks.push(Span::styled("  ▪ saved", theme.saved));
    }
    let abroad = match state.list.of {
        Some(Listing::Country(code)) if code == row.country => String::new(),
        _ => format!(" {}", row.country),
    };
    // The marks are never cut off: the name is.
    let taken: usize = marks.iter().map(Span::width).sum();
    let room = usize::from(rect.width).saturating_sub(9 + taken + abroad.len());
    let publisher = text::fit(text::line(&row.publisher_name), room.max(6));
    let mut meta = vec![
        Span::raw(" "),
        Span::styled(format!("{:>6}  ", age(state.now, row.sort_at)), theme.dim),
        Span::styled(format!("{}{abroad}", visual(&publisher)), theme.dim),
    ];
    meta.extend(marks);
    if let Some(note) = state.list.notes.get(&row.id) {
        let taken: usize = meta.iter().map(Span::width).sum();
        meta.extend(note_spans(
            note,
            usize::from(rect.width).saturating_sub(taken + 4),
            theme,
        ));
    }
    let lines = vec![
        Line::from(on(
            style,
            headline_spans(dot, &headline, title, state, theme),
        )),
        Line::from(on(style, meta)),
    ];
    frame.render_widget(Paragraph::new(lines).style(style), rect);
}

/// The headline, what is searched for apart. A right-to-left one is shown whole: its letters stand in
/// another order.
fn headline_spans(
    dot: Span<'static>,
    headline: &str,
    style: Style,
    state: &State,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let mut spans = vec![dot];
    let typed = Typed::search(&state.list.filter);
    let shown = visual(headline);
    let found = (shown == headline && !typed.is_empty())
        .then(|| marked(headline, &typed))
        .flatten();
    match found {
        Some(stretches) => spans.extend(stretches.into_iter().map(|stretch| match stretch.found {
            true => Span::styled(stretch.text, style.patch(theme.accent)),
            false => Span::styled(stretch.text, style),
        })),
        None => spans.push(Span::styled(shown.to_string(), style)),
    }
    spans
}

/// What is said of a row, from a little before what was found on, as far as there is room.
fn note_spans(note: &[Stretch], room: usize, theme: &Theme) -> Vec<Span<'static>> {
    if room < 12 {
        return Vec::new();
    }
    let whole: String = note.iter().map(|stretch| stretch.text.as_str()).collect();
    if visual(&whole) != whole {
        return vec![Span::styled(
            format!("  {}", visual(&text::fit(text::line(&whole), room))),
            theme.dim,
        )];
    }
    let first = note.iter().position(|stretch| stretch.found).unwrap_or(0);
    let mut spans = vec![Span::raw("  ")];
    let mut left = room;
    for (at, stretch) in note.iter().enumerate() {
        let mut words = text::line(&stretch.text);
        // `line` trims, but these stand between others.
        if at > 0 && stretch.text.starts_with(' ') {
            words.insert(0, ' ');
        }
        if stretch.text.ends_with(' ') {
            words.push(' ');
        }
        if at + 1 == first {
            // Up to two words before it.
            let from = words
                .trim_end()
                .rmatch_indices(' ')
                .nth(1)
                .map(|(at, _)| at + 1);
            words = words[from.unwrap_or(0)..].to_owned();
        } else if at < first {
            continue;
        }
        let fitting = text::fit(words, left);
        left = left.saturating_sub(text::width(&fitting));
        let style = if stretch.found {
            theme.accent
        } else {
            theme.dim
        };
        spans.push(Span::styled(fitting, style));
        if left == 0 {
            break;
        }
    }
    spans
}

fn article(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let columns = usize::from(rect.width);
    let measure = if state.reads == Reads::Both && state.place == Place::Article {
        columns.saturating_sub(4)
    } else {
        layout::measure(columns)
    };
    let focus = state.article.focus;
    let focus = focus.and_then(|focus| state.article.take_lines.get(focus));
    let margin = " ".repeat((columns.saturating_sub(measure) / 2).min(8));
    let lines: Vec<Line<'_>> = state
        .article
        .prose
        .lines
        .iter()
        .enumerate()
        .skip(state.article.scroll)
        .take(usize::from(rect.height))
        .map(|(at, line)| {
            let mut spans = vec![
                Span::raw(margin.clone()),
                Span::styled(line.prefix.clone(), prefix_style(line.kind, theme)),
            ];
            spans.extend(prose_spans(line, measure, theme));
            let focused = focus.is_some_and(|lines| lines.contains(&at));
            let style = if focused {
                theme.selected
            } else {
                Style::new()
            };
            Line::from(on(style, spans)).style(style)
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), rect);
}

/// The text of a line with its styles.
pub(super) fn prose_spans(line: &prose::Line, measure: usize, theme: &Theme) -> Vec<Span<'static>> {
    if !line.cells.is_empty() {
        return line
            .cells
            .iter()
            .map(|[above, below]| {
                let colours = Style::new()
                    .fg(theme.depth.color(*above))
                    .bg(theme.depth.color(*below));
                Span::styled("▀", colours)
            })
            .collect();
    }
    let style = match line.kind {
        Kind::Title | Kind::Heading | Kind::Standfirst | Kind::TableHead => theme.strong,
        Kind::Meta | Kind::Caption | Kind::Link | Kind::Label(_) | Kind::OwnLabel(_) => theme.dim,
        Kind::Note | Kind::Claim => theme.warning,
        Kind::Text | Kind::Quote | Kind::Code => Style::new(),
    };
    let shown = visual(&line.text);
    // What was turned around has its styled parts elsewhere: it goes without.
    if shown != line.text || is_rtl(&line.text) {
        let room = measure.saturating_sub(text::width(&shown) + text::width(&line.prefix));
        let indent = if is_rtl(&line.text) { room } else { 0 };
        return vec![Span::styled(
            format!("{}{shown}", " ".repeat(indent)),
            style,
        )];
    }
    let mut spans = Vec::new();
    let mut at = 0;
    for (range, look) in &line.looks {
        spans.push(Span::styled(line.text[at..range.start].to_owned(), style));
        let mut of_part = if look.linked {
            style.patch(theme.accent)
        } else {
            style
        };
        if look.strong {
            of_part = of_part.add_modifier(Modifier::BOLD);
        }
        if look.emphasis {
            of_part = of_part.add_modifier(Modifier::ITALIC);
        }
        spans.push(Span::styled(line.text[range.clone()].to_owned(), of_part));
        at = range.end;
    }
    spans.push(Span::styled(line.text[at..].to_owned(), style));
    spans
}

fn status(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let filter = match state.place {
        Place::World => &state.world.filter,
        _ => &state.list.filter,
    };
    let typed = state.languages.typing.as_ref();
    let typed = typed.filter(|_| state.place == Place::Languages);
    let line = if let Some(words) = &state.mutes.typing {
        Line::from(vec![
            Span::styled(" Mute the words: ", theme.accent),
            Span::raw(words.clone()),
            Span::styled("▏", theme.accent),
        ])
    } else if let Some(typing) = &state.own.typing {
        let (asked, typed) = match typing {
            Typing::Address(typed) => (" Address of a site or a feed: ", typed),
            Typing::Country(typed) => (" Its country: ", typed),
        };
        Line::from(vec![
            Span::styled(asked, theme.accent),
            Span::raw(typed.clone()),
            Span::styled("▏", theme.accent),
        ])
    } else if state.typing {
        Line::from(vec![
            Span::styled(" /", theme.accent),
            Span::raw(filter.clone()),
            Span::styled("▏", theme.accent),
        ])
    } else if let Some(number) = &state.link {
        Line::from(vec![
            Span::styled(" Link: ", theme.accent),
            Span::raw(number.clone()),
            Span::styled("▏", theme.accent),
        ])
    } else if let (Some((setting, typed)), None) = (typed, &state.status) {
        languages_view::typing(*setting, typed, theme)
    } else if let Some(status) = &state.status {
        Line::styled(format!(" {}", text::line(status)), theme.warning)
    } else if state.article.fetching && state.place == Place::Article {
        Line::styled(" Fetching the whole article …", theme.accent)
    } else if state.article.translating == Translating::Asked && state.place == Place::Article {
        Line::styled(" Translating …", theme.accent)
    } else if let Some(installing) = &state.installing {
        Line::from(vec![
            Span::styled(" Installing ", theme.accent),
            Span::raw(format!(
                "{}: {} of {}",
                name_of(&installing.language),
                bytes(installing.here),
                bytes(installing.bytes)
            )),
            Span::styled(
                match state.place {
                    Place::Languages => "  i stops",
                    _ => "  L shows it",
                },
                theme.dim,
            ),
        ])
    } else if let Some(pack) = &state.pack {
        Line::from(vec![
            Span::styled(" Packing ", theme.accent),
            Span::raw(format!(
                "{} of {} articles, {} ready",
                pack.done, pack.planned, pack.ready
            )),
            Span::styled("  p stops", theme.dim),
        ])
    } else if let Some(sync) = &state.sync {
        let failed = match sync.failed {
            0 => String::new(),
            failed => format!(", {failed} failed"),
        };
        Line::from(vec![
            Span::styled(" Fetching ", theme.accent),
            Span::raw(format!(
                "{} of {} feeds, {} new{failed}",
                sync.done, sync.planned, sync.new_articles
            )),
            Span::styled("  R stops", theme.dim),
        ])
    } else {
        let mut hints = String::new();
        if !filter.is_empty() && matches!(state.place, Place::World | Place::List | Place::Article)
        {
            hints = format!("/{filter}  ");
        }
        if state.unread_only {
            hints += "unread only  ";
        }
        if state.offline {
            hints += "offline  ";
        }
        hints += match state.place {
            Place::World => "Enter opens  g globe  / filters  u unread  R fetches  ? keys",
            Place::Globe => "h j k l turn  + - zoom  n p country  Enter opens  g list  ? keys",
            Place::List => "Enter reads  f perspective  b order  V overlooked  Esc back  ? keys",
            Place::Article => "n next  1…8 takes  t compare  w why  c coverage  Esc back  ? keys",
            Place::Takes => "j k choose  Enter opens  w why  c coverage  Esc back  ? keys",
            Place::Why | Place::Coverage => "w why  c coverage  t takes  Esc back  ? keys",
            Place::Mutes => "Enter for good  d a day  w a week  / words  D ends  U undo  Esc back",
            Place::Own => "/ adds a site  D removes  U takes back  Enter opens  Esc back",
            Place::Perspectives => "Enter lists what is told under it  Esc back  ? keys",
            Place::Languages => "Enter installs, sets  t tries  D removes  Esc back  ? keys",
        };
        Line::styled(format!(" {hints}"), theme.dim)
    };
    frame.render_widget(Paragraph::new(line), rect);
}

fn help(frame: &mut Frame<'_>, state: &State, theme: &Theme) {
    let lines: Vec<Line<'_>> = BINDINGS
        .iter()
        .filter(|binding| binding.places.is_empty() || binding.places.contains(&state.place))
        .map(|binding| {
            Line::from(vec![
                Span::styled(format!(" {:<12}", binding.shown), theme.accent),
                Span::raw(binding.help),
            ])
        })
        .collect();
    let (columns, rows) = state.size;
    // Below the header, which says what is read; side by side where they are too many.
    let room = usize::from(rows.saturating_sub(4)).max(1);
    let stacks = lines.len().div_ceil(room).max(1);
    let height = lines.len().div_ceil(stacks);
    let stack_width = 42;
    let width = u16::try_from(stacks * stack_width + 2)
        .unwrap_or(columns)
        .min(columns);
    let outer = u16::try_from(height + 2)
        .unwrap_or(rows)
        .min(rows.saturating_sub(1));
    let top = ((rows - outer) / 2).max(1).min(rows.saturating_sub(outer));
    let rect = Rect::new((columns - width) / 2, top, width, outer);
    frame.render_widget(Clear, rect);
    let block = Block::bordered().title(" Keys ");
    let inner = block.inner(rect);
    frame.render_widget(block, rect);
    for (stack, lines) in lines.chunks(height.max(1)).enumerate() {
        let left = inner.x
            + inner.width * u16::try_from(stack).unwrap_or(0) / u16::try_from(stacks).unwrap_or(1);
        let place = Rect::new(
            left,
            inner.y,
            inner.right().saturating_sub(left),
            inner.height,
        );
        frame.render_widget(Paragraph::new(lines.to_vec()), place);
    }
}

fn say(frame: &mut Frame<'_>, rect: Rect, words: &str, theme: &Theme) {
    let width = usize::from(rect.width).saturating_sub(6).max(8);
    let mut lines = vec![Line::default()];
    let words = text::paragraphs(words, width);
    lines.extend(
        words
            .lines()
            .map(|line| Line::styled(format!("   {line}"), theme.dim)),
    );
    frame.render_widget(Paragraph::new(lines), rect);
}

fn row_style(selected: bool, active: bool, theme: &Theme) -> Style {
    match (selected, active) {
        (true, true) => theme.selected,
        (true, false) => Style::new().add_modifier(Modifier::UNDERLINED),
        _ => Style::new(),
    }
}

/// Colours inside a reversed row would become its background: there the row's own style is enough.
pub(super) fn on<'a>(row: Style, spans: impl IntoIterator<Item = Span<'a>>) -> Vec<Span<'a>> {
    let reversed = row.add_modifier.contains(Modifier::REVERSED);
    spans
        .into_iter()
        .map(|span| {
            if reversed {
                Span::styled(
                    span.content,
                    span.style.fg(Color::Reset).remove_modifier(Modifier::DIM),
                )
            } else {
                span
            }
        })
        .collect()
}

/// The part of a pane from a line on.
fn row_rect(rect: Rect, line: usize, height: u16) -> Rect {
    let line = u16::try_from(line).unwrap_or(u16::MAX);
    let y = rect.y.saturating_add(line).min(rect.bottom());
    let height = height.min(rect.bottom().saturating_sub(y));
    Rect::new(rect.x, y, rect.width, height)
}

/// What stands left, and at the right edge what counts.
pub(super) fn two_sided(
    frame: &mut Frame<'_>,
    rect: Rect,
    left: Vec<Span<'_>>,
    right: Span<'_>,
    style: Style,
) {
    frame.render_widget(Paragraph::new(Line::from(left)).style(style), rect);
    let wide = u16::try_from(right.width())
        .unwrap_or(u16::MAX)
        .min(rect.width);
    let place = Rect::new(rect.right() - wide, rect.y, wide, rect.height);
    frame.render_widget(Paragraph::new(Line::from(right)).style(style), place);
}

/// Whether a line reads from right to left: by its first letter that says (UAX #9, P2).
fn is_rtl(text: &str) -> bool {
    use unicode_bidi::{Direction, get_base_direction};
    get_base_direction(text) == Direction::Rtl
}

/// A line in the order its letters stand on the screen (UAX #9), Arabic letters joined. Terminals
/// that know directions are told to leave it as it is: see `terminal`.
pub(super) fn visual(line: &str) -> String {
    use unicode_bidi::BidiInfo;
    if line.is_ascii() {
        return line.to_owned();
    }
    let joined;
    let mut line = line;
    if line.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
        joined = ar_reshaper::ArabicReshaper::default().reshape(line);
        line = &joined;
    }
    let info = BidiInfo::new(line, None);
    if !info.has_rtl() {
        return line.to_owned();
    }
    info.paragraphs
        .iter()
        .map(|paragraph| info.reorder_line(paragraph, paragraph.range.clone()))
        .collect()
}
