//! What the library does, for the log of the app.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry;

use crate::{CallbackError, OverviewError};

/// Records that wait for a slow sink, at most. Those that find no place are dropped: the library
/// waits for nobody's log.
const WAITING: usize = 1_000;

/// How grave a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LogLevel {
    /// Something failed that should not.
    Error,
    /// Something odd that was got over.
    Warning,
    /// What was done.
    Info,
}

/// A line of the log. Holds no text of articles and nothing of what was read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogRecord {
    /// How grave it is.
    pub level: LogLevel,
    /// Which part of the library says it.
    pub target: String,
    /// What it says.
    pub text: String,
}

/// Writes the library's log where the platform wants it: `Logger` of Apple, `Log` of Android.
///
/// Called from one thread of the library, in order.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// Writes a record.
    fn log(&self, record: LogRecord) -> Result<(), CallbackError>;
}

type Slot = Arc<Mutex<Option<Arc<dyn LogSink>>>>;

/// Whom the records go to from now on, for the whole process; nobody without one. Returns at once.
#[uniffi::export]
pub fn set_log_sink(sink: Option<Arc<dyn LogSink>>) -> Result<(), OverviewError> {
    static SLOT: OnceLock<Result<Slot, String>> = OnceLock::new();
    let slot = SLOT.get_or_init(begin).as_ref();
    let slot = slot.map_err(|reason| OverviewError::Unexpected {
        reason: format!("starting the log: {reason}"),
    })?;
    let before = {
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *slot, sink)
    };
    // Outside the lock: it is the app's.
    drop(before);
    Ok(())
}

fn begin() -> Result<Slot, String> {
    let slot = Slot::default();
    let (records, waiting) = sync_channel(WAITING);
    let sinks = Arc::clone(&slot);
    std::thread::Builder::new()
        .name("overview-log".to_owned())
        .spawn(move || {
            for record in waiting {
                // Cloned out, so that the sink is called outside the lock.
                let sink = sinks.lock().unwrap_or_else(PoisonError::into_inner).clone();
                if let Some(sink) = sink {
                    // A sink that fails cannot be told of, but the next record may do better.
                    let _ = std::panic::catch_unwind(AssertUnwindSafe(|| sink.log(record)));
                }
            }
        })
        .map_err(|error| error.to_string())?;
    let forward = Forward(records).with_filter_of_ours();
    tracing::subscriber::set_global_default(registry().with(forward))
        .map_err(|error| error.to_string())?;
    Ok(slot)
}

/// Queues records for the sink.
struct Forward(SyncSender<LogRecord>);

impl Forward {
    fn with_filter_of_ours<S: Subscriber>(self) -> impl Layer<S> {
        LevelFilter::INFO.and_then(self)
    }
}

impl<S: Subscriber> Layer<S> for Forward {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let facts = event.metadata();
        // Libraries below speak in their own words, and of addresses that were read.
        if !facts.target().starts_with("overview") {
            return;
        }
        let level = match *facts.level() {
            Level::ERROR => LogLevel::Error,
            Level::WARN => LogLevel::Warning,
            _ => LogLevel::Info,
        };
        let mut line = Line::default();
        event.record(&mut line);
        let record = LogRecord {
            level,
            target: facts.target().to_owned(),
            text: line.0,
        };
        match self.0.try_send(record) {
            Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
        }
    }
}

/// A record in one line: its message, then its fields.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let said = match field.name() {
            "message" => format!("{value:?}"),
            name => format!("{name}={value:?}"),
        };
        if self.0.is_empty() {
            self.0 = said;
        } else if field.name() == "message" {
            self.0 = format!("{said} {}", self.0);
        } else {
            self.0 = format!("{} {said}", self.0);
        }
    }
}
