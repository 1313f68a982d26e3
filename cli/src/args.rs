//! What may be typed: the one description that `--help`, the man pages and the completions are
//! made from.

use std::path::PathBuf;
use std::time::Duration;

use bytesize::ByteSize;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use overview_core::model::{ArticleId, Cursor, EngineKind, Region};
use url::Url;

use crate::since::Since;

/// Shown after the help of the program and in its manual.
const EXIT_CODES: &str = "\
Exit codes:
  0    Done. A sync that some feeds failed in counts as done.
  1    Failed; the reason is on standard error.
  2    The command line makes no sense.
  3    `catalogue check` found feeds in trouble, `doctor` a damaged database.
  4    Every feed that was asked failed: most likely there is no network.
  5    Cut short by the deadline, the byte budget or Ctrl-C.
  130  Ended at once by a second Ctrl-C.

With --json every command prints one JSON document on standard output, and an error is \
{\"error\":{\"code\",\"message\"}} on standard error. Codes do not change; messages may.

Colours follow --color, NO_COLOR and CLICOLOR_FORCE. Without a terminal, tables are as wide as \
their content, or COLUMNS wide where that is set.";

/// Read the world's news by country: each country's own publishers, kept on this machine.
///
/// Without a command: the full-screen reader, or, where the output is no terminal, what is new by
/// country. The first time the news is fetched first; without a network a sample world is shown.
#[derive(Debug, Parser)]
#[command(name = "overview", version, max_term_width = 100, after_long_help = EXIT_CODES)]
#[command(after_help = "`overview --help` explains more, exit codes too.")]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// Keep everything in this directory instead of the platform's own
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "OVERVIEW_DATA",
        hide_env_values = true
    )]
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) data: Option<PathBuf>,
    /// Use the countries and publishers of this file (see `catalogue export`), not the bundled ones
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) catalogue: Option<PathBuf>,
    /// Open plain http and private or loopback addresses to the feeds of --catalogue
    #[arg(long, global = true, requires = "catalogue")]
    pub(crate) allow_private_addresses: bool,
    /// Read the sample world: invented publishers and news, kept apart from your own data
    #[arg(long, global = true, conflicts_with = "catalogue")]
    pub(crate) sample: bool,
    /// Print JSON for a program instead of text for a person
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// When to use colours; auto means on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub(crate) color: ColorWhen,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ColorWhen {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fetch what is new
    ///
    /// Fetches the feeds of what is followed, or of everything when nothing is, stores what is new
    /// and names the feeds that failed. A feed that was asked lately is left alone until it is due.
    /// Ctrl-C stops: what was finished is kept, and the next sync goes on with the rest. When the
    /// first 30 feeds all fail it gives up.
    ///
    /// JSON: {"end", "progress": {"planned", "done", "failed", "new_articles", "bytes"}, "not_due",
    /// "feeds": [{"publisher", "country", "feed", "outcome": {"kind", ...}, "next_check_at"}],
    /// "took" in milliseconds}.
    Sync(Sync),
    /// Fetch whole articles with their pictures, to be read without a network
    ///
    /// Unread before read, newest first, within a budget. What is ready is marked in lists with an
    /// r. When there is no room, the oldest articles that were read and not saved leave. Ctrl-C
    /// stops; the next run fetches only what is missing.
    ///
    /// JSON: {"end", "progress": {"planned", "done", "ready", "failed", "kept_bytes"},
    /// "first_failure"}; with --plan {"articles", "ready", "expected_bytes", "kept_bytes"}.
    Pack(Pack),
    /// List countries with what is stored and unread
    ///
    /// Those that are followed or have articles here; all of the catalogue when there is none.
    ///
    /// JSON: [{"country", "name", "region", "publishers", "articles", "unread", "stories",
    /// "unread_stories", "followed", "refreshed_at"}].
    Countries(Countries),
    /// List publishers with what is stored and how their feeds do
    ///
    /// Those of the catalogue and those you added: `publishers add` adds any site by its address.
    ///
    /// JSON: [{"id", "name", "home", "country", "region", "language", "followed", "enabled", "own",
    /// "articles", "unread", "feeds": [{"url", "moved_to", "health", "reason", "checked_at",
    /// "succeeded_at", "next_check_at"}]}]; "followed" is null where nothing was chosen.
    Publishers(Publishers),
    /// List stories, newest first
    ///
    /// A row is an event, led by one article of what the options name: with how many takes, in how
    /// many countries, and ◌ 0 of 30 US where American media overlooked it. Before the id of that
    /// article stands * when it is unread, s when it is saved and h when it is hidden. By breadth
    /// means by countries, then publishers, then time; it and claim leave out stories of one article.
    ///
    /// JSON: {"rows": [{"id", "lead", "label", "articles", "publishers", "countries", "takes",
    /// "marks", "overlooked": {"claim", "american_ran", "american_of"}}], "previous", "next"}. With
    /// --articles, and in "lead": {"rows": [{"id", "title", "teaser", "publisher", "publisher_name", "country",
    /// "language", "url", "published_at", "first_seen_at", "sort_at", "image", "state": {"read",
    /// "saved", "hidden", "position"}, "english": {"title", "teaser", "by"}}], "previous", "next"};
    /// "english" is there where the article was translated; the last two are for --before and
    /// --after.
    List(List),
    /// Print one event: its takes, who ran it, what is said of American media
    ///
    /// JSON: {"id", "articles": [{"row", "first_sentence", "form", "labels", "copy_of"}], "actors",
    /// "place", "coverage", "assessment", "rules_version", "takes": [{"label", "chips", "row",
    /// "first_sentence", "also_in"}]}.
    Story(StoryArgs),
    /// Print why an article has its labels: rule, evidence, what they do not say
    ///
    /// JSON: [{"perspective", "name", "kind", "rule", "why", "not_claimed", "evidence",
    /// "registry_version"}].
    Why {
        /// The number that `overview list` gives
        #[arg(value_parser = article_id)]
        id: ArticleId,
    },
    /// List perspectives with how many stories are told under each
    ///
    /// JSON: [{"perspective", "name", "kind", "stories"}].
    Perspectives(ScopeArgs),
    /// Print one article
    ///
    /// What is stored of it, wrapped for reading: the feed's own text, or the whole article once its
    /// page was fetched; in English where it is translated. Marks nothing unless asked to.
    ///
    /// JSON: a row of `list` with "authors", "categories", "updated_at", "standfirst", "lead",
    /// "blocks", "direction", "page", "media" and, where it was translated, "translation".
    Show(Show),
    /// Mark articles as read, saved, hidden
    ///
    /// A mark is kept when the article is fetched again, and when it is gone and comes back.
    ///
    /// JSON: {"mark", "ids"}; of all-read {"undo", "marked"}; of undo {"unmarked"}.
    #[command(subcommand)]
    Mark(Mark),
    /// Find articles by words in title, teaser or body, or in their English
    ///
    /// All words are wanted; "quoted ones" stand together; the last also finds what it begins. Accents,
    /// vowel marks and capitals make no difference; of scripts without spaces any two characters are
    /// found. Below a title that has not all of the words stands where they are.
    ///
    /// JSON: {"rows": [{"row", "title": [{"text", "found"}], "excerpt", "in_original"}], "previous",
    /// "next"}.
    Search(Search),
    /// Hide articles with some words, of a publisher, a country or a category; list what is muted
    ///
    /// For a day, a week or for good. Nothing is deleted: `overview list --muted` shows what is hidden,
    /// and by what. What is saved stays in the list of what is saved.
    ///
    /// JSON: [{"id", "kind", "value", "name", "made_at", "until", "articles"}], as it is afterwards.
    Mute {
        /// What to change; without it what is muted is listed
        #[command(subcommand)]
        change: Option<MuteChange>,
    },
    /// Follow countries and publishers; without a name, list what is followed
    ///
    /// JSON: {"countries", "publishers", "off"}, as it is afterwards.
    Follow(Follow),
    /// Stop following countries and publishers
    ///
    /// A publisher goes back to what the catalogue has: it is fetched with its country.
    ///
    /// JSON: as `follow`.
    Unfollow(Unfollow),
    /// List the articles that were opened, the last first
    ///
    /// JSON: {"rows": [{"row", "read_at"}], "previous", "next"}; "row" as in `list --articles`.
    History(History),
    /// Take back what was done in the last day: bulk marks, unfollowing, removing a publisher
    ///
    /// JSON: {"undone": {"kind", ...}}; with --list [{"id", "made_at", "kind", ..., "name"}].
    Undo(Undo),
    /// Take over a list of feeds of another reader (OPML), or give one out
    #[command(subcommand)]
    Opml(Opml),
    /// Write all that is your own into a file: follows, publishers you added, mutes, marks, saved
    /// articles, settings
    ///
    /// Without keys of translation servers. docs/moving.md describes the file.
    ///
    /// JSON: {"cancelled", "counts": {"own", "follows", "mutes", "settings", "marks", "articles",
    /// "left_out"}}.
    Export {
        /// The file; replaced where it is there
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Put what `export` wrote together with what is here
    ///
    /// All of it or nothing; of two things about the same the newer is kept. Importing twice is
    /// importing once.
    ///
    /// JSON: as `export`; "counts" says what changed.
    Import {
        /// The file
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Show and change who translates to English; install models for it
    ///
    /// Titles and teasers are translated after a sync, bodies when opened or packed; nothing is sent
    /// anywhere unless a server is set. Models of Firefox Translations work on this machine.
    ///
    /// JSON: {"installed", "offered", "order", "server", "manifest"}, as it is afterwards; of test
    /// {"english", "by"}.
    Languages {
        /// What to change; without it what there is is listed
        #[command(subcommand)]
        change: Option<Languages>,
    },
    /// Show what takes room on the disk, or set how much may
    ///
    /// Articles go when they are older than the age, or when texts and pictures take more than the
    /// budget: what was read first, then what no feed lists any more; the oldest first. What is saved
    /// stays, and what is unread as long as its feed lists it. What went does not come back.
    ///
    /// JSON: {"settings": {"budget_bytes", "age_days"}, "total_bytes", "shares": [{"part", "bytes"}]}.
    Storage(Storage),
    /// Show paths, versions and the health of the database
    ///
    /// Holds nothing of what was read. Exit code 3 when the database is damaged.
    Doctor,
    /// Look at how a file is understood
    #[command(subcommand)]
    Inspect(Inspect),
    /// Check or export the list of countries and publishers
    #[command(subcommand)]
    Catalogue(Catalogue),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page, or write one page a command
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// Only this country: two letters or its English name; may be repeated
    #[arg(short, long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// Only this publisher, by its id; may be repeated
    #[arg(short, long, value_name = "ID")]
    pub(crate) publisher: Vec<String>,
    /// Stop after this time, such as 30s or 2min
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(crate) deadline: Option<Duration>,
    /// Start no feed after this much came over the network, such as 5MB
    #[arg(long, value_name = "SIZE")]
    pub(crate) byte_budget: Option<ByteSize>,
    /// Also ask feeds that are not due, except where the server demanded a pause
    #[arg(short, long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Countries {
    /// Every country of the catalogue
    #[arg(short, long)]
    pub(crate) all: bool,
    /// Only those that are followed
    #[arg(short, long, conflicts_with = "all")]
    pub(crate) followed: bool,
    /// Only of this region; may be repeated
    #[arg(short, long, value_parser = region_parser(), ignore_case = true)]
    pub(crate) region: Vec<Region>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Publishers {
    /// What to change; without it they are listed
    #[command(subcommand)]
    pub(crate) change: Option<PublishersChange>,
    /// Only of this country: two letters or its English name; may be repeated
    #[arg(short, long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// Only those that are followed themselves
    #[arg(short, long)]
    pub(crate) followed: bool,
    /// Only those with a feed in trouble, and why
    #[arg(long)]
    pub(crate) failing: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PublishersChange {
    /// Look for the feeds of a site, its country and its language; adds nothing
    ///
    /// JSON: {"name", "home", "country", "country_sign", "language", "language_sign", "feeds": [{"url",
    /// "title", "entries", "newest", "titles", "known"}]}.
    Find {
        /// The site's address, or that of a feed
        #[arg(value_hint = ValueHint::Url)]
        address: String,
    },
    /// Add a site: what is not said is taken from the site, as `find` shows it
    ///
    /// JSON: {"id", "name", "home", "country", "language", "feeds"}.
    Add(OwnAdd),
    /// Change what was said of a publisher that was added
    ///
    /// JSON: as `add`.
    Edit(OwnEdit),
    /// Remove publishers that were added; `overview undo` puts the last back
    ///
    /// JSON: {"removed"}.
    Remove {
        /// Their ids
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct OwnAdd {
    /// The site's address, or that of a feed
    #[arg(value_hint = ValueHint::Url)]
    pub(crate) address: String,
    /// Its country: two letters or the English name
    #[arg(short, long, value_name = "COUNTRY")]
    pub(crate) country: Option<String>,
    /// Its language, such as uk or pt-BR
    #[arg(short, long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// What lists call it
    #[arg(short, long)]
    pub(crate) name: Option<String>,
    /// Which of its feeds, by the number or the address that `find` gives; may be repeated
    #[arg(short, long, value_name = "FEED")]
    pub(crate) feed: Vec<String>,
    /// All of its feeds
    #[arg(long, conflicts_with = "feed")]
    pub(crate) all_feeds: bool,
}

#[derive(Debug, Args)]
pub(crate) struct OwnEdit {
    /// Its id
    pub(crate) id: String,
    /// Its country: two letters or the English name
    #[arg(short, long, value_name = "COUNTRY")]
    pub(crate) country: Option<String>,
    /// Its language, such as uk or pt-BR
    #[arg(short, long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// What lists call it
    #[arg(short, long)]
    pub(crate) name: Option<String>,
    /// Its feeds by address, instead of those it has; may be repeated
    #[arg(short, long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) feed: Vec<Url>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Opml {
    /// Follow and add what a list names; fetches nothing
    ///
    /// Feeds of the catalogue make their publishers followed, others become publishers of your own.
    ///
    /// JSON: {"feeds", "added", "followed", "known", "without_country", "faults": [{"title",
    /// "address", "why"}], "truncated"}.
    Import {
        /// The list; - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The country of feeds of which nothing tells theirs: two letters or the English name
        #[arg(short, long, value_name = "COUNTRY")]
        country: Option<String>,
        /// Only say what would come of it
        #[arg(long)]
        look: bool,
    },
    /// Write what is followed and what was added as a list, which other readers understand
    ///
    /// JSON: {"file"}, or {"opml"} without a file.
    Export {
        /// The file; without it, or with -, standard output
        #[arg(value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct History {
    /// Forget what was opened when; what was read stays read
    #[arg(long)]
    pub(crate) clear: bool,
    /// How many, at most 50
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=50))]
    pub(crate) limit: u32,
    /// After the place that an earlier list gave
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<Cursor>,
}

#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// The number that --list gives; the latest if none is given
    pub(crate) number: Option<i64>,
    /// List what can be taken back
    #[arg(long, conflicts_with = "number")]
    pub(crate) list: bool,
}

/// Which articles.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which articles")]
pub(crate) struct ScopeArgs {
    /// By publishers of this country: two letters or its English name; may be repeated
    #[arg(short, long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// By publishers of this region; may be repeated
    #[arg(short, long, value_parser = region_parser(), ignore_case = true)]
    pub(crate) region: Vec<Region>,
    /// By this publisher, by its id; may be repeated
    #[arg(short, long, value_name = "ID")]
    pub(crate) publisher: Vec<String>,
    /// In this language, such as uk or pt-BR; may be repeated
    #[arg(short, long, value_name = "TAG")]
    pub(crate) language: Vec<String>,
    /// By the countries and publishers that are followed
    #[arg(short, long)]
    pub(crate) followed: bool,
    /// Unread ones
    #[arg(short, long)]
    pub(crate) unread: bool,
    /// Saved ones
    #[arg(short, long)]
    pub(crate) saved: bool,
    /// Hidden ones, which are left out otherwise
    #[arg(long)]
    pub(crate) hidden: bool,
    /// Those that mutes hide, and which mute does
    #[arg(long, conflicts_with = "hidden")]
    pub(crate) muted: bool,
    /// Since then: a time ago (24h, 3days), a day (2026-11-20) or a moment (RFC 3339)
    #[arg(long, value_name = "WHEN")]
    pub(crate) since: Option<Since>,
    /// With all these words in title or text
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct StoryArgs {
    /// The number of an article that `overview list` gives, or a story's id
    #[arg(value_name = "ARTICLE_OR_STORY")]
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Told under this perspective, such as region:europe; that take leads
    #[arg(long, value_name = "ID", help_heading = "Which stories")]
    pub(crate) perspective: Option<String>,
    /// Overlooked by American media, or covered by few of them
    #[arg(long, help_heading = "Which stories")]
    pub(crate) overlooked: bool,
    /// With another take than the one that leads
    #[arg(long, help_heading = "Which stories")]
    pub(crate) takes: bool,
    /// About this country: two letters or its English name
    #[arg(long, value_name = "COUNTRY", help_heading = "Which stories")]
    pub(crate) about: Option<String>,
    /// In which order
    #[arg(long, value_enum, default_value_t = Order::Time, help_heading = "Which stories")]
    pub(crate) order: Order,
    /// Articles instead, each on its own, newest first
    #[arg(long, help_heading = "Which stories")]
    #[arg(conflicts_with_all = ["perspective", "overlooked", "takes", "about", "order"])]
    pub(crate) articles: bool,
    /// How many
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// Older than the place that an earlier list gave
    #[arg(long, value_name = "CURSOR", conflicts_with = "before")]
    pub(crate) after: Option<Cursor>,
    /// Newer than the place that an earlier list gave; at most 50
    #[arg(long, value_name = "CURSOR")]
    pub(crate) before: Option<Cursor>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to find
    #[arg(required = true, value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// With this label, such as region:europe
    #[arg(long, value_name = "ID", help_heading = "Which articles")]
    pub(crate) perspective: Option<String>,
    /// Of stories overlooked by American media, or covered by few of them
    #[arg(long, help_heading = "Which articles")]
    pub(crate) overlooked: bool,
    /// Of stories with more than one take
    #[arg(long, help_heading = "Which articles")]
    pub(crate) takes: bool,
    /// Of stories about this country: two letters or its English name
    #[arg(long, value_name = "COUNTRY", help_heading = "Which articles")]
    pub(crate) about: Option<String>,
    /// In which order
    #[arg(long, value_enum, default_value_t = SearchOrderArg::Time)]
    pub(crate) by: SearchOrderArg,
    /// How many
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// After the place that an earlier search gave
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<Cursor>,
}

/// How what is found is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchOrderArg {
    /// Newest first
    Time,
    /// With all words in the title first, each newest first
    Rank,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MuteChange {
    /// Mute something
    Add(MuteAdd),
    /// List what is muted, and how many articles that hides
    List,
    /// End mutes: what they hide is shown again
    Remove {
        /// The numbers that `overview mute` gives
        #[arg(required = true, value_name = "ID")]
        ids: Vec<i64>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct MuteAdd {
    /// Words in title or teaser, whole and together; each argument is a mute of its own
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    /// A publisher, by its id; may be repeated
    #[arg(short, long, value_name = "ID")]
    pub(crate) publisher: Vec<String>,
    /// The publishers of a country: two letters or its English name; may be repeated
    #[arg(short, long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// What publishers file under this label; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) category: Vec<String>,
    /// For how long
    #[arg(long = "for", value_enum, default_value_t = Lasts::Good)]
    pub(crate) lasts: Lasts,
}

/// How long a mute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lasts {
    Day,
    Week,
    Good,
}

/// How a list of stories is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// Newest first
    Time,
    /// Most countries first, then most publishers, then newest
    Breadth,
    /// Strongest claims about American media first, and no others
    Claim,
}

#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// Only of this country: two letters or its English name; may be repeated
    #[arg(short, long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// At most so many articles of each country
    #[arg(short, long, value_name = "COUNT", default_value_t = 50)]
    pub(crate) newest: usize,
    /// Only of the last so many hours
    #[arg(long, value_name = "HOURS")]
    pub(crate) hours: Option<u32>,
    /// Only what is saved
    #[arg(long)]
    pub(crate) saved: bool,
    /// Without pictures
    #[arg(long)]
    pub(crate) no_pictures: bool,
    /// The most that all that is kept may take
    #[arg(long, value_name = "SIZE", default_value = "200MB")]
    pub(crate) byte_budget: ByteSize,
    /// Stop after this time, such as 30s or 2min
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(crate) deadline: Option<Duration>,
    /// Only say what would be fetched
    #[arg(long)]
    pub(crate) plan: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Storage {
    /// The most that texts and pictures may take, such as 500MB, or "none"
    #[arg(long, value_name = "SIZE", value_parser = bound::<ByteSize>)]
    pub(crate) budget: Option<Bound<ByteSize>>,
    /// Days after its arrival that an article goes, or "none"
    #[arg(long, value_name = "DAYS", value_parser = bound::<u32>)]
    pub(crate) age: Option<Bound<u32>>,
    /// Remove damaged databases that were moved aside
    #[arg(long)]
    pub(crate) clean: bool,
}

/// A bound, or the word that there is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound<T>(pub(crate) Option<T>);

fn bound<T: std::str::FromStr>(text: &str) -> Result<Bound<T>, String>
where
    T::Err: std::fmt::Display,
{
    match text {
        "none" => Ok(Bound(None)),
        text => text
            .parse()
            .map(|value| Bound(Some(value)))
            .map_err(|error: T::Err| error.to_string()),
    }
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The number that `overview list` gives
    #[arg(value_parser = article_id)]
    pub(crate) id: ArticleId,
    /// Mark it as read, too
    #[arg(short, long)]
    pub(crate) mark_read: bool,
    /// Fetch its page first, unless that was done, for the whole article
    #[arg(short, long)]
    pub(crate) whole: bool,
    /// As it was published, not in English
    #[arg(short, long)]
    pub(crate) original: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Languages {
    /// Download models, or newer ones, from the list that `manifest` names
    Install(Models),
    /// Remove models
    Remove(Models),
    /// Translate a text, to see how well it goes
    Test {
        /// What the text is in, such as pt or uk
        language: String,
        /// The text
        text: String,
    },
    /// Say where models are offered; without an address, nowhere
    Manifest {
        /// The address of a list of models as JSON: docs/translation.md describes it
        url: Option<Url>,
    },
    /// Say who is asked, in which order; who is left out is not asked
    Order {
        /// Of edition, firefox, platform, deepl, libretranslate and apertium
        #[arg(required = true, value_parser = crate::command::languages::engine)]
        engines: Vec<EngineKind>,
    },
    /// Set a server that translates; without an address, none
    Server {
        /// Its address, without the API's path
        url: Option<Url>,
        /// Which API it speaks
        #[arg(long, value_enum, default_value_t = ServerApi::Libretranslate)]
        api: ServerApi,
        /// A file with its key; kept with the settings, never printed
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        key_file: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Models {
    /// Languages to translate from, such as pt or uk
    #[arg(required = true, value_name = "LANGUAGE")]
    pub(crate) languages: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ServerApi {
    Libretranslate,
    Deepl,
    Apertium,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Mark {
    /// Mark as read
    Read(Ids),
    /// Mark as unread
    Unread(Ids),
    /// Keep for later
    Save(Ids),
    /// No longer keep for later
    Unsave(Ids),
    /// Take out of lists and counts
    Hide(Ids),
    /// Show again
    Unhide(Ids),
    /// Remember how far an article was read
    Position(Position),
    /// Mark all articles as read, or those that the options name; prints the number to undo it
    AllRead(ScopeArgs),
    /// Take back an `all-read` of the last day
    Undo {
        /// The number it gave; the latest if none is given
        number: Option<i64>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Ids {
    /// The numbers that `overview list` gives
    #[arg(required = true, value_name = "ID", value_parser = article_id)]
    pub(crate) ids: Vec<ArticleId>,
}

#[derive(Debug, Args)]
pub(crate) struct Position {
    /// The number that `overview list` gives
    #[arg(value_parser = article_id)]
    pub(crate) id: ArticleId,
    /// The block of the body that is being read, from 0, as `show --json` lists them
    pub(crate) block: u32,
    /// How much of that block was passed, in thousandths, 0 to 1000
    #[arg(default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub(crate) thousandths: u16,
}

#[derive(Debug, Args)]
pub(crate) struct Follow {
    /// Countries (two letters or the English name) and publishers (the id)
    #[arg(value_name = "COUNTRY_OR_PUBLISHER")]
    pub(crate) names: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Unfollow {
    /// Countries (two letters or the English name) and publishers (the id)
    #[arg(value_name = "COUNTRY_OR_PUBLISHER", required = true)]
    pub(crate) names: Vec<String>,
    /// Switch publishers off: not fetched with their country either, and out of its lists
    #[arg(long)]
    pub(crate) off: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Inspect {
    /// Parse a feed and print its items as JSON
    ///
    /// Prints {"title", "items": [{"id", "title", "url", "published", "updated", "author",
    /// "summary", "content"}]}: ids as the feed gives them, absolute addresses, RFC 3339 dates,
    /// null where the feed gives none. The environment variable FEED_CONTENT_TYPE may hold the
    /// Content-Type that came with the file.
    Feed(InspectFile),
    /// Read the article of a page and print its text
    ///
    /// Prints standfirst and body as plain text, a block a line, without the headline. As JSON the
    /// whole article: {"title", "authors", "published_at", "modified_at", "section", "language",
    /// "direction", "lead", "standfirst", "blocks", "verdict"}. The environment variable
    /// PAGE_CHARSET may hold the charset that the HTTP header named.
    Page(InspectFile),
    /// Read a fragment of HTML and print what is kept of it as HTML
    ///
    /// Nothing that runs or loads code comes out. As JSON: {"blocks"}.
    Html(InspectFile),
    /// Group articles of standard input into stories
    ///
    /// Reads one article a line: {"id", "publisher", "country", "language", "published", "title", "summary",
    /// "body"}, the date in RFC 3339 or null. Prints one line an article, in the same order:
    /// {"id", "story"}.
    Stories {
        /// Add labels, takes, coverage and what is said of American media
        ///
        /// Then the articles' "country" counts, too. Facts are those of the catalogue where the
        /// publisher is in it, by its id or its name; every publisher that has an article counts
        /// as one that could have run every story.
        #[arg(long)]
        explain: bool,
    },
    /// Sentences, and how each speaks of what it mentions
    ///
    /// Reads one English sentence a line: {"id", "sentence", "mention", "from", "to"}; from and to
    /// say where the mention stands, in characters, and may be left out. Prints one line each:
    /// {"id", "polarity", "p"}, the polarity -1, 0 or 1 as in NewsMTSC. Below a p of 0.8 nothing
    /// may be concluded, and about an author nothing ever from straight news.
    Stance,
}

#[derive(Debug, Args)]
pub(crate) struct InspectFile {
    /// The file; - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// Where it was read from: what relative addresses in it are relative to
    #[arg(value_hint = ValueHint::Url)]
    pub(crate) url: Url,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Catalogue {
    /// Fetch every feed once and report the dead, moved, stale and thin ones
    ///
    /// JSON: [{"publisher", "country", "feed", "verdict", "reason", "entries", "newest",
    /// "moved_to"}].
    Check {
        /// Only of this country: two letters or its English name; may be repeated
        #[arg(short, long, value_name = "COUNTRY")]
        country: Vec<String>,
    },
    /// Print the catalogue as JSON, in the form that --catalogue reads
    Export,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// For which shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write one page a command into this directory
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Option<PathBuf>,
}

/// Articles are counted from 1.
fn article_id(text: &str) -> Result<ArticleId, String> {
    match text.parse::<i64>() {
        Ok(id) if id > 0 => Ok(ArticleId(id)),
        _ => Err("an article is named by the number that `overview list` gives".to_owned()),
    }
}

/// `europe`, `middle-east-north-africa`; also the full name.
fn region_parser() -> impl TypedValueParser<Value = Region> {
    let values = Region::ALL.map(|region| PossibleValue::new(slug(region)).alias(region.name()));
    PossibleValuesParser::new(values).try_map(|text| {
        Region::ALL
            .into_iter()
            .find(|region| {
                text.eq_ignore_ascii_case(region.name()) || text.eq_ignore_ascii_case(slug(*region))
            })
            .ok_or("not a region")
    })
}

fn slug(region: Region) -> &'static str {
    match region {
        Region::Europe => "europe",
        Region::NorthAmerica => "north-america",
        Region::LatinAmerica => "latin-america",
        Region::MiddleEastNorthAfrica => "middle-east-north-africa",
        Region::SubSaharanAfrica => "sub-saharan-africa",
        Region::RussiaCentralAsia => "russia-central-asia",
        Region::SouthAsia => "south-asia",
        Region::EastAsia => "east-asia",
        Region::SoutheastAsia => "southeast-asia",
        Region::Oceania => "oceania",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_description_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_region_is_named_by_its_slug_and_by_its_name() {
        for region in Region::ALL {
            for name in [slug(region), region.name(), &region.name().to_uppercase()] {
                let cli = Cli::try_parse_from(["overview", "countries", "--region", name]).unwrap();
                match cli.command {
                    Some(Command::Countries(countries)) => assert_eq!(countries.region, [region]),
                    other => unreachable!("{other:?}"),
                }
            }
        }
    }

    #[test]
    fn a_sync_takes_times_and_sizes_as_people_write_them() {
        let cli = Cli::try_parse_from([
            "overview",
            "sync",
            "--deadline",
            "1min 30s",
            "--byte-budget",
            "1.5 MB",
            "-c",
            "UA",
        ])
        .unwrap();
        match cli.command {
            Some(Command::Sync(sync)) => {
                assert_eq!(sync.deadline, Some(Duration::from_secs(90)));
                assert_eq!(sync.byte_budget.map(|size| size.as_u64()), Some(1_500_000));
                assert_eq!(sync.country, ["UA"]);
            }
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn private_addresses_are_for_a_catalogue_file_only() {
        let error = Cli::try_parse_from(["overview", "sync", "--allow-private-addresses"]);
        assert!(error.is_err());
    }
}
