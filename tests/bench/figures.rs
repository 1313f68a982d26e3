//! What was measured, as a table.

#[derive(Default)]
pub(crate) struct Table(Vec<[String; 4]>);

impl Table {
    /// The median of some samples, with the largest, against a bar that it should be under.
    pub(crate) fn row(&mut self, name: &str, samples: &[f64], unit: &str, bar: Option<f64>) {
        let (median, largest) = (quantile(samples, 0.5), quantile(samples, 1.0));
        let verdict = bar.map_or_else(String::new, |bar| {
            format!(
                "under {bar} {unit}: {}",
                if median < bar { "met" } else { "NOT MET" }
            )
        });
        self.0.push([
            name.into(),
            format!("{median:.2} {unit}"),
            format!("max {largest:.2}"),
            verdict,
        ]);
    }

    /// A peer's median, and how many times ours it is.
    pub(crate) fn ratio(&mut self, name: &str, peer: &[f64], ours: &[f64]) {
        if peer.is_empty() {
            self.0.push([
                name.into(),
                "not installed".into(),
                String::new(),
                String::new(),
            ]);
            return;
        }
        let times = quantile(peer, 0.5) / quantile(ours, 0.5);
        let verdict = if times >= 3.0 { "met" } else { "NOT MET" };
        self.0.push([
            name.into(),
            format!("{:.2} ms", quantile(peer, 0.5)),
            format!("{times:.1}x ours"),
            format!("3x slower than ours: {verdict}"),
        ]);
    }

    pub(crate) fn print(&self) {
        for [name, value, spread, verdict] in &self.0 {
            println!("{name:<46} {value:>12}  {spread:<14} {verdict}");
        }
    }
}

/// The sample below which this share of the samples is; 0.5 is the median.
pub(crate) fn quantile(samples: &[f64], share: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (share * (sorted.len() - 1) as f64).round() as usize;
    sorted[place]
}
