//! Trains `core/src/story/stance/weights.bin` and says how well it does:
//!
//! ```text
//! cargo run --release -p overview-core --example train_stance -- TRAIN.jsonl DEV.jsonl [WEIGHTS]
//! ```
//!
//! The files are those of NewsMTSC (Hamborg and Donnay 2021, MIT). Without WEIGHTS nothing is
//! written. Multinomial logistic regression with L2, by L-BFGS; calibrated on predictions of five-fold
//! cross-validation, whose folds share no article. No randomness: the same files give the same bytes.
//!
//! With `--lexicon vader_lexicon.txt` (of the Python package vaderSentiment 3.3.2, MIT) it prints the
//! lines of `core/src/story/stance/lexicon.tsv` instead.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;

use overview_core::story::stance::{CONFIDENT, Feature, Model, Polarity, SLOTS, features};
use serde::Deserialize;

/// Negative, neutral and positive among sentences as they come, from NewsMTSC's development set:
/// its training set repeats what is rare.
const SHARES: [f64; 3] = [0.395, 0.395, 0.21];
/// The strength of regularisation; chosen by cross-validation among 0.1, 0.15, 0.2 and 0.3.
const L2: f64 = 0.15;
/// Slots that fewer sentences have are left out.
const RARE: usize = 2;
const FOLDS: u64 = 5;
/// The share of all sentences with a sentiment that shall be judged rightly with confidence, in
/// cross-validation. It decides where `CONFIDENT` lies.
const RECALL: f64 = 0.30;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--lexicon", list] => print_lexicon(list),
        [train, dev] => train_and_score(train, dev, None),
        [train, dev, weights] => train_and_score(train, dev, Some(weights)),
        _ => {
            Err("name the training file, the development file and, to write it, the weights".into())
        }
    }
}

fn print_lexicon(path: &str) -> Result<(), Box<dyn Error>> {
    let list = std::fs::read_to_string(path)?;
    let mut ratings = BTreeMap::new();
    for line in list.lines() {
        let mut columns = line.split('\t');
        if let (Some(word), Some(rating)) = (columns.next(), columns.next())
            && word.len() > 1
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            ratings.insert(word, rating.parse::<f64>()?);
        }
    }
    for (word, rating) in ratings {
        println!("{word}\t{rating}");
    }
    Ok(())
}

fn train_and_score(train: &str, dev: &str, weights: Option<&str>) -> Result<(), Box<dyn Error>> {
    let train = read(train)?;
    let dev = read(dev)?;
    let held_out = cross_validated(&train);
    let calibration = Calibration::fit(&held_out);
    let model = calibration.apply(fit(&train.iter().collect::<Vec<_>>()));
    println!("{calibration:?}");
    report("cross-validation", &calibration.judged(&held_out));
    let dev: Vec<Scored> = dev
        .iter()
        .map(|example| example.scored(&model, 1.0))
        .collect();
    report("development set", &Calibration::NONE.judged(&dev));
    if let Some(path) = weights {
        std::fs::write(path, model.to_bytes())?;
    }
    Ok(())
}

// ---- examples

#[derive(Deserialize)]
struct Line {
    id: String,
    sentence: String,
    /// In characters, as `to`.
    from: usize,
    to: usize,
    /// -1, 0, 1
    polarity: i8,
}

struct Example {
    features: Vec<Feature>,
    /// Negative, neutral, positive.
    class: usize,
    fold: u64,
}

impl Example {
    fn scored(&self, model: &Model, weight: f64) -> Scored {
        Scored {
            scores: model.scores(&self.features).map(f64::from),
            class: self.class,
            weight,
        }
    }
}

fn read(path: &str) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut examples = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let line: Line = serde_json::from_str(line)?;
        let byte = |character: usize| {
            let found = line.sentence.char_indices().nth(character);
            found.map_or(line.sentence.len(), |(at, _)| at)
        };
        examples.push(Example {
            features: features(&line.sentence, byte(line.from)..byte(line.to)),
            class: match line.polarity {
                -1 => 0,
                0 => 1,
                1 => 2,
                other => return Err(format!("{other} is no polarity").into()),
            },
            fold: fold(&line.id),
        });
    }
    Ok(examples)
}

/// By article: an id is collection_article_paragraph_… or polusa_v1_article_…
fn fold(id: &str) -> u64 {
    let article = id.split('_').take(3).flat_map(str::bytes);
    // FNV-1a
    let hash = article.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) % FOLDS
}

/// Weights that give the classes their real shares.
fn class_weights(examples: &[&Example]) -> [f64; 3] {
    let mut counts = [0.0; 3];
    for example in examples {
        counts[example.class] += 1.0;
    }
    [0, 1, 2].map(|class| SHARES[class] * examples.len() as f64 / counts[class])
}

fn cross_validated(examples: &[Example]) -> Vec<Scored> {
    let weights = class_weights(&examples.iter().collect::<Vec<_>>());
    let mut scored = Vec::new();
    for fold in 0..FOLDS {
        let (held_out, rest): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|example| example.fold == fold);
        let model = fit(&rest);
        scored.extend(
            held_out
                .iter()
                .map(|example| example.scored(&model, weights[example.class])),
        );
    }
    scored
}

// ---- logistic regression

/// A model that is not calibrated.
fn fit(examples: &[&Example]) -> Model {
    let problem = Problem::new(examples);
    let solution = minimise(3 * problem.slots.len(), |at, gradient| {
        problem.loss(at, gradient)
    });
    let mut weights = vec![[0.0_f32; 2]; SLOTS];
    for (slot, weight) in problem.slots.iter().zip(solution.chunks(3)) {
        weights[*slot as usize] = [
            (weight[0] - weight[1]) as f32,
            (weight[2] - weight[1]) as f32,
        ];
    }
    Model::new(&weights)
}

struct Problem {
    /// The slots that are not rare.
    slots: Vec<u32>,
    rows: Vec<Row>,
}

struct Row {
    /// Places in `slots` and values.
    features: Vec<(usize, f64)>,
    class: usize,
    weight: f64,
}

impl Problem {
    fn new(examples: &[&Example]) -> Self {
        let mut counts = vec![0; SLOTS];
        for feature in examples.iter().flat_map(|example| &example.features) {
            counts[feature.slot as usize] += 1;
        }
        let mut places = vec![None; SLOTS];
        let mut slots = Vec::new();
        for (slot, count) in counts.into_iter().enumerate() {
            if count >= RARE {
                places[slot] = Some(slots.len());
                slots.push(slot as u32);
            }
        }
        let weights = class_weights(examples);
        let rows = examples.iter().map(|example| {
            let features = example.features.iter().filter_map(|feature| {
                Some((places[feature.slot as usize]?, f64::from(feature.value)))
            });
            Row {
                features: features.collect(),
                class: example.class,
                weight: weights[example.class],
            }
        });
        Self {
            rows: rows.collect(),
            slots,
        }
    }

    /// The loss of weights, and its gradient.
    fn loss(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let mut loss = 0.5 * L2 * dot(weights, weights);
        for (slope, weight) in gradient.iter_mut().zip(weights) {
            *slope = L2 * weight;
        }
        for Row {
            features,
            class,
            weight,
        } in &self.rows
        {
            let mut scores = [0.0; 3];
            for &(place, value) in features {
                for (score, weight) in scores.iter_mut().zip(&weights[3 * place..]) {
                    *score += value * weight;
                }
            }
            let chances = softmax(scores);
            loss -= weight * chances[*class].max(f64::MIN_POSITIVE).ln();
            for &(place, value) in features {
                for (k, slope) in gradient[3 * place..3 * place + 3].iter_mut().enumerate() {
                    let truth = f64::from(u8::from(k == *class));
                    *slope += weight * value * (chances[k] - truth);
                }
            }
        }
        loss
    }
}

fn softmax(scores: [f64; 3]) -> [f64; 3] {
    let highest = scores.into_iter().fold(f64::MIN, f64::max);
    let powers = scores.map(|score| (score - highest).exp());
    let total: f64 = powers.iter().sum();
    powers.map(|power| power / total)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Minimises from zero by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) with
/// backtracking.
fn minimise(size: usize, loss: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    const MEMORY: usize = 8;
    const ROUNDS: usize = 60;
    const ENOUGH: f64 = 1e-4;
    let mut at = vec![0.0; size];
    let mut gradient = vec![0.0; size];
    let mut value = loss(&at, &mut gradient);
    let mut memory: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..ROUNDS {
        let direction = direction(&gradient, &memory);
        let slope = dot(&direction, &gradient);
        let mut step = 1.0;
        let mut next_gradient = vec![0.0; size];
        let (next, next_value) = loop {
            let next: Vec<f64> = at
                .iter()
                .zip(&direction)
                .map(|(at, direction)| at - step * direction)
                .collect();
            let next_value = loss(&next, &mut next_gradient);
            if next_value <= value - 1e-4 * step * slope || step < 1e-6 {
                break (next, next_value);
            }
            step /= 2.0;
        };
        let moved = difference(&next, &at);
        let bent = difference(&next_gradient, &gradient);
        if dot(&moved, &bent) > 1e-12 {
            memory.push((moved, bent));
            if memory.len() > MEMORY {
                memory.remove(0);
            }
        }
        let gain = (value - next_value) / value;
        (at, gradient, value) = (next, next_gradient, next_value);
        if gain < ENOUGH {
            break;
        }
    }
    at
}

/// The two-loop recursion: the gradient times an estimate of the inverse Hessian.
fn direction(gradient: &[f64], memory: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut direction = gradient.to_vec();
    let mut shares = Vec::new();
    for (moved, bent) in memory.iter().rev() {
        let share = dot(moved, &direction) / dot(moved, bent);
        add(&mut direction, bent, -share);
        shares.push(share);
    }
    let scale = match memory.last() {
        Some((moved, bent)) => dot(moved, bent) / dot(bent, bent),
        None => 1.0 / dot(gradient, gradient).sqrt(),
    };
    for value in &mut direction {
        *value *= scale;
    }
    for ((moved, bent), share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = dot(bent, &direction) / dot(moved, bent);
        add(&mut direction, moved, share - back);
    }
    direction
}

fn add(sum: &mut [f64], other: &[f64], times: f64) {
    for (sum, other) in sum.iter_mut().zip(other) {
        *sum += times * other;
    }
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

// ---- calibration and report

/// Scores of an example that the model has not seen.
struct Scored {
    /// Negative and positive, relative to neutral.
    scores: [f64; 2],
    class: usize,
    weight: f64,
}

#[derive(Debug, Clone, Copy)]
struct Calibration {
    sharpness: f64,
    offsets: [f64; 2],
}

struct Judged {
    polarity: Polarity,
    probability: f64,
    class: usize,
    weight: f64,
}

impl Calibration {
    const NONE: Self = Self {
        sharpness: 1.0,
        offsets: [0.0; 2],
    };

    /// Offsets by the likeliest shares of classes; then the sharpness by which `CONFIDENT` reaches
    /// `RECALL`.
    fn fit(held_out: &[Scored]) -> Self {
        let start = minimise(3, |at, gradient| likelihood(held_out, at, gradient));
        let platt = Self {
            sharpness: 1.0 + start[0],
            offsets: [start[1], start[2]],
        };
        let report = |calibration: Self| figures(&calibration.judged(held_out));
        println!("likeliest calibration: {platt:?}: {:?}", report(platt));
        let scaled = |times: f64| Self {
            sharpness: platt.sharpness * times,
            offsets: platt.offsets.map(|offset| offset * times),
        };
        let (mut low, mut high) = (0.2, 5.0);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if report(scaled(middle)).recall < RECALL {
                low = middle;
            } else {
                high = middle;
            }
        }
        scaled(high)
    }

    fn apply(self, model: Model) -> Model {
        model.calibrated(
            self.sharpness as f32,
            self.offsets.map(|offset| offset as f32),
        )
    }

    fn judged(self, scored: &[Scored]) -> Vec<Judged> {
        scored
            .iter()
            .map(|it| {
                let chances = self.chances(it.scores);
                let highest = chances.into_iter().fold(0.0, f64::max);
                let class = chances.iter().position(|chance| *chance == highest);
                Judged {
                    polarity: match class {
                        Some(0) => Polarity::Negative,
                        Some(2) => Polarity::Positive,
                        _ => Polarity::Neutral,
                    },
                    probability: highest,
                    class: it.class,
                    weight: it.weight,
                }
            })
            .collect()
    }

    fn chances(self, [negative, positive]: [f64; 2]) -> [f64; 3] {
        softmax([
            negative * self.sharpness + self.offsets[0],
            0.0,
            positive * self.sharpness + self.offsets[1],
        ])
    }
}

/// The negative log-likelihood of sharpness - 1 and the offsets (Platt 1999, for three classes).
fn likelihood(held_out: &[Scored], at: &[f64], gradient: &mut [f64]) -> f64 {
    let calibration = Calibration {
        sharpness: 1.0 + at[0],
        offsets: [at[1], at[2]],
    };
    gradient.fill(0.0);
    let mut loss = 0.0;
    for it in held_out {
        let chances = calibration.chances(it.scores);
        loss -= it.weight * chances[it.class].max(f64::MIN_POSITIVE).ln();
        for (k, class) in [0, 2].into_iter().enumerate() {
            let truth = f64::from(u8::from(class == it.class));
            let slope = it.weight * (chances[class] - truth);
            gradient[0] += slope * it.scores[k];
            gradient[1 + k] += slope;
        }
    }
    loss
}

/// Of confident judgements that are not neutral.
#[derive(Debug)]
#[allow(dead_code)] // Printed.
struct Figures {
    precision: f64,
    recall: f64,
    /// Of them, those whose truth is the opposite.
    opposite: f64,
}

fn figures(judged: &[Judged]) -> Figures {
    let (mut right, mut opposite, mut made, mut all) = (0.0, 0.0, 0.0, 0.0);
    for it in judged {
        if it.class != 1 {
            all += it.weight;
        }
        if it.polarity == Polarity::Neutral || it.probability < f64::from(CONFIDENT) {
            continue;
        }
        made += it.weight;
        match (class(it.polarity), it.class) {
            (judged, truth) if judged == truth => right += it.weight,
            (_, 1) => {}
            _ => opposite += it.weight,
        }
    }
    Figures {
        precision: right / made,
        recall: right / all,
        opposite: opposite / made,
    }
}

fn class(polarity: Polarity) -> usize {
    match polarity {
        Polarity::Negative => 0,
        Polarity::Neutral => 1,
        Polarity::Positive => 2,
    }
}

fn report(name: &str, judged: &[Judged]) {
    let mut confusion = [[0.0; 3]; 3];
    let mut confident = [[0.0; 3]; 3];
    for it in judged {
        confusion[it.class][class(it.polarity)] += it.weight;
        if it.probability >= f64::from(CONFIDENT) {
            confident[it.class][class(it.polarity)] += it.weight;
        }
    }
    let f1 = (0..3).map(|k| {
        let named: f64 = (0..3).map(|truth| confusion[truth][k]).sum();
        2.0 * confusion[k][k] / (named + confusion[k].iter().sum::<f64>())
    });
    println!(
        "{name}: macro-F1 {:.3}; from {CONFIDENT} on {:.3?}",
        f1.sum::<f64>() / 3.0,
        figures(judged)
    );
    println!(
        "  truth      judged: negative neutral positive   from {CONFIDENT} on: negative neutral positive"
    );
    for (truth, word) in ["negative", "neutral", "positive"].iter().enumerate() {
        let [a, b, c] = confusion[truth];
        let [d, e, f] = confident[truth];
        println!("  {word:10} {a:16.0} {b:7.0} {c:8.0} {d:25.0} {e:7.0} {f:8.0}");
    }
    for (low, high) in [
        (0.34, 0.5),
        (0.5, 0.6),
        (0.6, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 1.01),
    ] {
        let inside = judged
            .iter()
            .filter(|it| it.polarity != Polarity::Neutral && (low..high).contains(&it.probability));
        let (right, all) = inside.fold((0.0, 0.0), |(right, all), it| {
            let is_right = f64::from(u8::from(class(it.polarity) == it.class));
            (right + it.weight * is_right, all + it.weight)
        });
        println!(
            "  p {low:.2} to {high:.2}: {:.3} right of {all:.0}",
            right / all
        );
    }
}
