use std::sync::Arc;

use tokio::sync::Semaphore;

/// Holds answers back until the test lets them go: a delay without a clock.
#[derive(Debug, Clone)]
pub struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }
}

impl Gate {
    /// A closed gate.
    pub fn closed() -> Self {
        Self::default()
    }

    /// Lets so many answers pass, now or when they come.
    pub fn let_pass(&self, answers: usize) {
        self.0.add_permits(answers);
    }

    /// Lets everything pass from now on.
    pub fn open(&self) {
        self.0.close();
    }

    pub(super) async fn pass(&self) {
        // A closed semaphore is an open gate.
        if let Ok(permit) = self.0.acquire().await {
            permit.forget();
        }
    }
}
