//! Why a command ended, as an exit code and as words.

use std::io;
use std::process::ExitCode;

use overview_core::feed::FeedError;

/// How a command that did not fail ended. The exit codes are a promise: see `--help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// 0
    Done,
    /// 3: the check found feeds in trouble.
    Trouble,
    /// 4: no feed answered.
    Unreachable,
    /// 5: deadline, byte budget or Ctrl-C.
    CutShort,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Done => 0,
            Outcome::Trouble => 3,
            Outcome::Unreachable => 4,
            Outcome::CutShort => 5,
        })
    }
}

/// Why a command failed: exit code 1.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Core(#[from] overview_core::Error),
    #[error("{what} {name:?} is not in the catalogue; {advice}")]
    Unknown {
        what: &'static str,
        name: String,
        advice: String,
    },
    #[error("{0}")]
    Invalid(String),
    #[error("{doing}: {source}")]
    Io { doing: String, source: io::Error },
    #[error("{file} is not a feed that can be read: {source}")]
    Feed { file: String, source: FeedError },
    #[error("this account has no home directory: say with --data where to keep things")]
    NoHome,
    #[error("writing the output: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// A short word for programs that does not change.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Failure::Core(error) => error.code(),
            Failure::Unknown { .. } => "unknown",
            Failure::Invalid(_) => "invalid",
            Failure::Io { .. } | Failure::Output(_) => "io",
            Failure::Feed { source, .. } => source.code(),
            Failure::NoHome => "no_home",
        }
    }

    /// Whoever read the output has gone (`overview list | head`), which is no failure.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// A result of a command or a part of one.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;
