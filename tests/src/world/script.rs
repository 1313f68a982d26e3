use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::answer::Answer;
use super::record::Recorded;

/// Which answers wait where: by host and path, each a queue and then one for ever.
#[derive(Debug, Clone, Default)]
pub(super) struct Scripts(Arc<Mutex<HashMap<(String, String), Script>>>);

#[derive(Debug, Default)]
struct Script {
    queue: VecDeque<Answer>,
    lasting: Option<Answer>,
}

/// Any host that has no script of its own for a path.
pub(super) const ANY_HOST: &str = "*";

impl Scripts {
    pub(super) fn set(&self, host: &str, path: &str, answer: Answer) {
        self.with(host, path, |script| script.lasting = Some(answer));
    }

    pub(super) fn then(&self, host: &str, path: &str, answer: Answer) {
        self.with(host, path, |script| script.queue.push_back(answer));
    }

    /// The answer to a request: of its host before any host, of path and query before the path.
    pub(super) fn answer(&self, request: &Recorded) -> Answer {
        let mut scripts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let path_alone = request.path.split('?').next().unwrap_or_default();
        for host in [request.host.as_str(), ANY_HOST] {
            for path in [request.path.as_str(), path_alone] {
                let Some(script) = scripts.get_mut(&(host.to_owned(), path.to_owned())) else {
                    continue;
                };
                let next = script.queue.pop_front().or_else(|| script.lasting.clone());
                if let Some(answer) = next {
                    return answer.to(request);
                }
            }
        }
        Answer::status(404)
    }

    fn with(&self, host: &str, path: &str, change: impl FnOnce(&mut Script)) {
        let mut scripts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(
            scripts
                .entry((host.to_owned(), path.to_owned()))
                .or_default(),
        );
    }
}
