//! Features -> a judgement, by a multinomial logistic regression whose scores are calibrated.

use std::sync::OnceLock;

use super::Judgement;
use super::features::{Feature, SLOTS};
use crate::compressed::{Compressed, compressed};

/// Written by `core/examples/train_stance.rs`.
static SHIPPED: Compressed = compressed!("stance-weights.bin");

/// What a weights file starts with.
const HEADER: &[u8] = b"overview stance weights 1\n\
trained on NewsMTSC by Felix Hamborg and Karsten Donnay (MIT, github.com/fhamborg/NewsMTSC)\n";

/// Bytes of a file after its header: largest weight, sharpness, two offsets, two weights a slot.
const NUMBERS: usize = 4;
const BODY: usize = 4 * NUMBERS + 2 * SLOTS;

/// The sentiment toward a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarity {
    /// The target appears in a bad light.
    Negative,
    /// Neither.
    Neutral,
    /// The target appears in a good light.
    Positive,
}

impl Polarity {
    /// `negative`, `neutral` or `positive`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        }
    }
}

/// Bytes that are no weights of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a weights file of the stance model, or one of another version")]
pub struct InvalidWeights;

/// Weights of every feature and how scores become probabilities.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    largest: f32,
    /// Scores are multiplied by this,
    sharpness: f32,
    /// and these are added to those of negative and positive.
    offsets: [f32; 2],
    /// For negative and positive, relative to neutral, whose score is 0. See [`expand`].
    weights: Vec<[i8; 2]>,
}

impl Model {
    /// The model that the library carries.
    pub fn shipped() -> &'static Self {
        static READ: OnceLock<Model> = OnceLock::new();
        // A test reads the shipped file; a broken one would judge nothing.
        READ.get_or_init(|| {
            Self::from_bytes(&SHIPPED.unpack()).unwrap_or(Self {
                largest: 0.0,
                sharpness: 0.0,
                offsets: [0.0; 2],
                weights: Vec::new(),
            })
        })
    }

    /// Rounds the weights of each slot for negative and positive, relative to neutral, to a byte
    /// each. Scores are not changed until [`Model::calibrated`].
    pub fn new(weights: &[[f32; 2]]) -> Self {
        let largest = weights
            .iter()
            .flatten()
            .fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        Self {
            largest,
            sharpness: 1.0,
            offsets: [0.0; 2],
            weights: weights
                .iter()
                .map(|pair| pair.map(|weight| compress(weight, largest)))
                .collect(),
        }
    }

    /// The same with scores multiplied and shifted: negative first.
    pub fn calibrated(self, sharpness: f32, offsets: [f32; 2]) -> Self {
        Self {
            sharpness,
            offsets,
            ..self
        }
    }

    /// Reads a weights file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidWeights> {
        let body = bytes.strip_prefix(HEADER).ok_or(InvalidWeights)?;
        if body.len() != BODY {
            return Err(InvalidWeights);
        }
        let (numbers, weights) = body.split_at(4 * NUMBERS);
        let (numbers, _) = numbers.as_chunks::<4>();
        let &[largest, sharpness, negative, positive] = numbers else {
            return Err(InvalidWeights);
        };
        let (weights, _) = weights.as_chunks::<2>();
        Ok(Self {
            largest: f32::from_le_bytes(largest),
            sharpness: f32::from_le_bytes(sharpness),
            offsets: [negative, positive].map(f32::from_le_bytes),
            weights: weights
                .iter()
                .map(|pair| pair.map(u8::cast_signed))
                .collect(),
        })
    }

    /// Writes a weights file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        let [negative, positive] = self.offsets;
        for number in [self.largest, self.sharpness, negative, positive] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.weights.iter().flatten().map(|it| it.cast_unsigned()));
        bytes
    }

    /// Scores for negative and positive relative to neutral, calibrated.
    pub fn scores(&self, features: &[Feature]) -> [f32; 2] {
        let mut sums = [0.0; 2];
        for feature in features {
            let Some(&weights) = self.weights.get(feature.slot as usize) else {
                continue;
            };
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += feature.value * expand(weight, self.largest);
            }
        }
        let [negative, positive] = sums;
        [
            negative * self.sharpness + self.offsets[0],
            positive * self.sharpness + self.offsets[1],
        ]
    }

    /// The likeliest polarity.
    pub fn judge(&self, features: &[Feature]) -> Judgement {
        let [negative, positive] = self.scores(features);
        let (polarity, highest) = if negative >= positive && negative > 0.0 {
            (Polarity::Negative, negative)
        } else if positive > 0.0 {
            (Polarity::Positive, positive)
        } else {
            (Polarity::Neutral, 0.0)
        };
        let total: f32 = [negative, 0.0, positive]
            .iter()
            .map(|score| (score - highest).exp())
            .sum();
        Judgement {
            polarity,
            probability: 1.0 / total,
        }
    }
}

/// A weight in a byte. The square root gives small weights, which are most, finer steps.
fn compress(weight: f32, largest: f32) -> i8 {
    let share = if largest > 0.0 { weight / largest } else { 0.0 };
    (share.abs().sqrt() * share.signum() * 127.0).round() as i8
}

fn expand(weight: i8, largest: f32) -> f32 {
    let share = f32::from(weight) / 127.0;
    share * share.abs() * largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_read_and_small() {
        let model = Model::shipped();
        assert_eq!(Model::from_bytes(SHIPPED.bytes()).as_ref(), Ok(model));
        assert!(model.weights.iter().any(|weights| *weights != [0, 0]));
        assert!(model.sharpness > 0.0);
        assert!(SHIPPED.bytes().len() < 600_000);
        assert_eq!(model.to_bytes(), SHIPPED.bytes());
    }

    #[test]
    fn other_bytes_are_refused() {
        assert_eq!(Model::from_bytes(b""), Err(InvalidWeights));
        assert_eq!(
            Model::from_bytes(&SHIPPED.bytes()[..SHIPPED.bytes().len() - 1]),
            Err(InvalidWeights)
        );
    }

    #[test]
    fn a_weight_survives_its_byte() {
        for weight in [-3.0_f32, -0.4, -0.01, 0.0, 0.02, 0.9, 3.0] {
            let read = expand(compress(weight, 3.0), 3.0);
            assert!(
                (read - weight).abs() <= 0.02 * weight.abs() + 0.005,
                "{weight} became {read}"
            );
        }
    }
}
