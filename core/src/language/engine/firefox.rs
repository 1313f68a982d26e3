//! Firefox Translations on this device, by fxtranslate.
//!
//! Its fast kernels (AVX2; ARM's i8mm) are chosen when it is compiled and do not ask the processor.
//! So a second build of it with plain arithmetic, of the version before, which Cargo lets stand
//! beside, is used on processors without these instructions; it has no alignment.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::super::align;
use crate::language::models::{self, FileRole, InstalledModel};
use crate::language::passage::Passage;
use crate::language::translator::{Batch, Limits, TranslateError, Translator};
use crate::model::{EngineKind, TranslatedBy};

/// A model that was not used for so long leaves memory.
const IDLE: Duration = Duration::from_secs(30);

/// The models of a folder. One is in memory at a time, and one thread works with it: its memory is
/// not to be shared, and a phone has better use for its other cores.
pub struct Firefox {
    folder: PathBuf,
    idle: Duration,
    /// Started with the first batch.
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    in_memory: Arc<Mutex<Option<String>>>,
}

struct Job {
    found: InstalledModel,
    passages: Vec<Passage>,
    answer: oneshot::Sender<Result<Vec<Passage>, TranslateError>>,
}

enum Kernel {
    Fast(Box<fxtranslate::engine::Engine>),
    Portable(Box<fxtranslate_portable::engine::Engine>),
}

impl Firefox {
    /// The models in `folder`; see [`models`].
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            idle: IDLE,
            jobs: Mutex::default(),
            in_memory: Arc::default(),
        }
    }

    /// Lets a model go after so long instead of half a minute.
    #[must_use]
    pub fn with_idle(mut self, idle: Duration) -> Self {
        self.idle = idle;
        self
    }

    /// The model that is in memory.
    pub fn in_memory(&self) -> Option<String> {
        self.in_memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Where its models are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn installed(&self, language: &str) -> Result<InstalledModel, TranslateError> {
        let primary = crate::language::primary(language);
        models::installed(&self.folder)
            .into_iter()
            .find(|found| crate::language::primary(&found.model.language) == primary)
            .ok_or_else(|| TranslateError::NotInstalled {
                language: crate::language::name_of(language),
            })
    }

    fn submit(&self, job: Job) -> Result<(), TranslateError> {
        let failed = |reason: &str| TranslateError::BadAnswer {
            engine: EngineKind::Firefox,
            reason: reason.to_owned(),
        };
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let job = match jobs.as_ref() {
            None => job,
            Some(thread) => match thread.send(job) {
                Ok(()) => return Ok(()),
                // The thread ended by a panic in a model: another takes its place.
                Err(mpsc::SendError(job)) => job,
            },
        };
        let thread = self.start().map_err(|error| failed(&error.to_string()))?;
        let sent = thread.send(job).map_err(|_| failed("its thread ended"));
        *jobs = Some(thread);
        sent
    }

    fn start(&self) -> std::io::Result<mpsc::Sender<Job>> {
        let (sender, jobs) = mpsc::channel();
        let (idle, in_memory) = (self.idle, Arc::clone(&self.in_memory));
        std::thread::Builder::new()
            .name("overview-translator".to_owned())
            .spawn(move || work(&jobs, idle, &in_memory))?;
        Ok(sender)
    }
}

fn work(jobs: &mpsc::Receiver<Job>, idle: Duration, in_memory: &Mutex<Option<String>>) {
    let note = |name: Option<String>| {
        *in_memory.lock().unwrap_or_else(PoisonError::into_inner) = name;
    };
    let mut loaded: Option<(InstalledModel, Kernel)> = None;
    loop {
        let job = match jobs.recv_timeout(idle) {
            Ok(job) => job,
            Err(RecvTimeoutError::Timeout) => {
                loaded = None;
                note(None);
                match jobs.recv() {
                    Ok(job) => job,
                    Err(_) => return,
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if loaded.as_ref().is_none_or(|(found, _)| *found != job.found) {
            // The one before goes first, so that never two are in memory.
            drop(loaded.take());
            match load(&job.found) {
                Ok(kernel) => {
                    note(Some(job.found.model.name()));
                    loaded = Some((job.found, kernel));
                }
                Err(error) => {
                    note(None);
                    let _ = job.answer.send(Err(error));
                    continue;
                }
            }
        }
        let Some((_, kernel)) = &loaded else { continue };
        let mut translated = Vec::with_capacity(job.passages.len());
        for passage in &job.passages {
            // Nobody waits any more.
            if job.answer.is_closed() {
                break;
            }
            translated.push(kernel.translate(passage));
        }
        let _ = job.answer.send(Ok(translated));
    }
}

/// Whether this processor has the instructions of the fast kernel.
fn is_fast() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("avx2");
    #[cfg(target_arch = "aarch64")]
    return std::arch::is_aarch64_feature_detected!("i8mm");
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    true
}

fn load(found: &InstalledModel) -> Result<Kernel, TranslateError> {
    let broken = |reason: String| TranslateError::BrokenModel {
        model: found.model.name(),
        reason,
    };
    let path = |roles: &[FileRole]| -> Result<String, TranslateError> {
        roles
            .iter()
            .find_map(|role| found.path(*role))
            .as_deref()
            .and_then(Path::to_str)
            .map(str::to_owned)
            .ok_or_else(|| broken("a file is missing".to_owned()))
    };
    let model = path(&[FileRole::Model])?;
    let source = path(&[FileRole::SourceVocabulary, FileRole::Vocabulary])?;
    let target = path(&[FileRole::TargetVocabulary, FileRole::Vocabulary])?;
    let shortlist = match found.path(FileRole::Shortlist) {
        Some(path) => Some(std::fs::read(path).map_err(|error| broken(error.to_string()))?),
        None => None,
    };
    if is_fast() {
        let engine = fxtranslate::engine::Engine::load_mmapped(&model, &source, &target);
        let mut engine = engine.map_err(broken)?;
        if let Some(shortlist) = shortlist {
            engine = engine.with_shortlist_bytes(&shortlist);
        }
        return Ok(Kernel::Fast(Box::new(engine)));
    }
    let engine = fxtranslate_portable::engine::Engine::load_mmapped(&model, &source, &target);
    let mut engine = engine.map_err(broken)?;
    if let Some(shortlist) = shortlist {
        engine = engine.with_shortlist_bytes(&shortlist);
    }
    Ok(Kernel::Portable(Box::new(engine)))
}

impl Kernel {
    fn translate(&self, passage: &Passage) -> Passage {
        match self {
            Self::Fast(engine) if passage.marks.is_empty() => {
                Passage::plain(engine.translate(&passage.text))
            }
            Self::Fast(engine) => align::project(passage, &engine.translate_aligned(&passage.text)),
            Self::Portable(engine) => Passage::plain(engine.translate(&passage.text)),
        }
    }
}

impl Translator for Firefox {
    fn kind(&self) -> EngineKind {
        EngineKind::Firefox
    }

    fn supports(&self, language: &str) -> Result<TranslatedBy, TranslateError> {
        Ok(TranslatedBy {
            engine: EngineKind::Firefox,
            model: self.installed(language)?.model.name(),
        })
    }

    fn limits(&self) -> Limits {
        Limits {
            texts: 8,
            characters: 2_000,
            by_sentence: true,
            keeps_marks: is_fast(),
        }
    }

    fn translate(&self, batch: Batch) -> BoxFuture<'_, Result<Vec<Passage>, TranslateError>> {
        async move {
            let (answer, answered) = oneshot::channel();
            self.submit(Job {
                found: self.installed(&batch.language)?,
                passages: batch.passages,
                answer,
            })?;
            answered.await.unwrap_or_else(|_| {
                Err(TranslateError::BadAnswer {
                    engine: EngineKind::Firefox,
                    reason: "its thread ended".to_owned(),
                })
            })
        }
        .boxed()
    }
}
