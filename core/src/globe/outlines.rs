//! The file of outlines: countries, and for each level of detail the arcs that their borders share.
//!
//! ```text
//! header, count of places, places: two letters (or two zeros), lon, lat of a point well inside
//! each level: length in bytes (4, little-endian), then
//!     count of arcs; an arc: count of points, then for each lon and lat, less those of the one before
//!     for each place: count of rings; a ring: count of arcs; an arc: 2 i, or 2 i + 1 for backwards
//! ```
//!
//! Numbers are LEB128 varints, those with a sign in zigzag; coordinates are hundredths of a degree.
//! `core/examples/globe_outlines.rs` writes it.

use super::Point;
use crate::model::CountryCode;

const HEADER: &[u8] = b"overview globe 1\n\
made with Natural Earth 4.1 (public domain), by way of world-atlas 2.0.2\n";

/// Steps of a coordinate in a degree.
pub const STEPS: i32 = 100;

/// Steps around the globe.
const AROUND: i32 = 360 * STEPS;

/// Levels of detail: 1:110 million and 1:50 million.
pub const LEVELS: usize = 2;

/// What Natural Earth draws as a country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// `None` where ISO 3166-1 has no code: it is drawn, and is nobody's news.
    pub country: Option<CountryCode>,
    /// Well inside its largest part.
    pub point: Point,
}

/// The outlines of one level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topology {
    /// Points in steps: lon, lat.
    pub arcs: Vec<Vec<[i32; 2]>>,
    /// For each place its rings, outer ones and holes alike, each of arcs end to end: `2 i`, or
    /// `2 i + 1` where arc `i` is passed backwards.
    pub rings: Vec<Vec<Vec<usize>>>,
}

/// Bytes that are no outlines of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a file of globe outlines, or one of another version")]
pub struct InvalidOutlines;

/// Writes a file of outlines. Coordinates are rounded to steps.
pub fn write(places: &[Place], levels: &[Topology; LEVELS]) -> Vec<u8> {
    let mut file = HEADER.to_vec();
    put(&mut file, places.len());
    for place in places {
        let code = place.country.map(String::from).unwrap_or("\0\0".into());
        file.extend(code.as_bytes());
        put_signed(&mut file, steps(place.point.lon));
        put_signed(&mut file, steps(place.point.lat));
    }
    for level in levels {
        let mut body = Vec::new();
        put(&mut body, level.arcs.len());
        for arc in &level.arcs {
            put(&mut body, arc.len());
            let mut before = [0, 0];
            for &[lon, lat] in arc {
                put_signed(&mut body, shortest(lon - before[0]));
                put_signed(&mut body, lat - before[1]);
                before = [lon, lat];
            }
        }
        for rings in &level.rings {
            put(&mut body, rings.len());
            for ring in rings {
                put(&mut body, ring.len());
                ring.iter().for_each(|&arc| put(&mut body, arc));
            }
        }
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        file.extend(length.to_le_bytes());
        file.extend(body);
    }
    file
}

/// Reads the places of a file, and leaves what is after them to [`level`].
pub fn places(file: &[u8]) -> Result<(Vec<Place>, &[u8]), InvalidOutlines> {
    let mut rest = file.strip_prefix(HEADER).ok_or(InvalidOutlines)?;
    let count = take(&mut rest)?;
    let mut places = Vec::new();
    for _ in 0..count {
        let (code, after) = rest.split_first_chunk::<2>().ok_or(InvalidOutlines)?;
        rest = after;
        let country = match code {
            [0, 0] => None,
            letters => {
                let letters = std::str::from_utf8(letters).map_err(|_| InvalidOutlines)?;
                Some(letters.parse().map_err(|_| InvalidOutlines)?)
            }
        };
        let (lon, lat) = (take_signed(&mut rest)?, take_signed(&mut rest)?);
        let point = point([lon, lat]);
        places.push(Place { country, point });
    }
    Ok((places, rest))
}

/// Reads one level of a file; `rest` is what [`places`] left.
pub fn level(mut rest: &[u8], level: usize, places: usize) -> Result<Topology, InvalidOutlines> {
    for _ in 0..level {
        let (_, after) = body(rest)?;
        rest = after;
    }
    let (mut rest, _) = body(rest)?;
    let mut topology = Topology::default();
    for _ in 0..take(&mut rest)? {
        let mut arc = Vec::new();
        let [mut lon, mut lat] = [0_i32, 0];
        for _ in 0..take(&mut rest)? {
            lon = lon.wrapping_add(take_signed(&mut rest)?);
            lat = lat.wrapping_add(take_signed(&mut rest)?);
            arc.push([lon, lat]);
        }
        topology.arcs.push(arc);
    }
    for _ in 0..places {
        let mut rings = Vec::new();
        for _ in 0..take(&mut rest)? {
            let mut ring = Vec::new();
            for _ in 0..take(&mut rest)? {
                let arc = take(&mut rest)?;
                if arc / 2 >= topology.arcs.len() {
                    return Err(InvalidOutlines);
                }
                ring.push(arc);
            }
            rings.push(ring);
        }
        topology.rings.push(rings);
    }
    Ok(topology)
}

/// The points of a ring of these arcs, the first not repeated at the end.
pub fn points(arcs: &[Vec<[i32; 2]>], ring: &[usize]) -> Vec<Point> {
    let mut points = Vec::new();
    for &arc in ring {
        let Some(steps) = arcs.get(arc / 2) else {
            continue;
        };
        // The last point of an arc is the first of the next.
        match arc % 2 {
            0 => points.extend(steps.iter().take(steps.len().saturating_sub(1)).copied()),
            _ => points.extend(steps.iter().skip(1).rev().copied()),
        }
    }
    points.into_iter().map(point).collect()
}

fn point([lon, lat]: [i32; 2]) -> Point {
    Point {
        lon: f64::from(lon) / f64::from(STEPS),
        lat: f64::from(lat) / f64::from(STEPS),
    }
}

/// A coordinate in steps.
#[allow(clippy::cast_possible_truncation)]
pub fn steps(degrees: f64) -> i32 {
    (degrees * f64::from(STEPS)).round() as i32
}

/// A difference of longitudes the short way around.
fn shortest(lon: i32) -> i32 {
    (lon + AROUND / 2).rem_euclid(AROUND) - AROUND / 2
}

fn body(rest: &[u8]) -> Result<(&[u8], &[u8]), InvalidOutlines> {
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(InvalidOutlines)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| InvalidOutlines)?;
    rest.split_at_checked(length).ok_or(InvalidOutlines)
}

fn put(file: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        file.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    file.push(number as u8);
}

fn put_signed(file: &mut Vec<u8>, number: i32) {
    put(file, ((number << 1) ^ (number >> 31)) as u32 as usize);
}

fn take(rest: &mut &[u8]) -> Result<usize, InvalidOutlines> {
    let mut number = 0_usize;
    // Four groups of seven bits are more than any number of the file has.
    for shift in [0, 7, 14, 21] {
        let (&byte, after) = rest.split_first().ok_or(InvalidOutlines)?;
        *rest = after;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(InvalidOutlines)
}

fn take_signed(rest: &mut &[u8]) -> Result<i32, InvalidOutlines> {
    let number = i32::try_from(take(rest)?).map_err(|_| InvalidOutlines)?;
    Ok((number >> 1) ^ -(number & 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> (Vec<Place>, [Topology; LEVELS]) {
        let places = vec![
            Place {
                country: "FJ".parse().ok(),
                point: Point {
                    lon: 178.0,
                    lat: -17.5,
                },
            },
            Place {
                country: None,
                point: Point {
                    lon: -0.25,
                    lat: 35.0,
                },
            },
        ];
        // Across the antimeridian: 179.9° E to 179.9° W.
        let arc = vec![[17_990, -1_700], [18_010, -1_710], [17_995, -1_790]];
        let level = Topology {
            arcs: vec![arc, vec![[17_995, -1_790], [17_990, -1_700]]],
            rings: vec![vec![vec![0, 2]], vec![vec![3, 1]]],
        };
        (
            places,
            [
                level,
                Topology {
                    arcs: vec![],
                    rings: vec![vec![], vec![]],
                },
            ],
        )
    }

    #[test]
    fn what_is_written_is_read() {
        let (written, levels) = small();
        let file = write(&written, &levels);
        let (read, rest) = places(&file).unwrap();
        assert_eq!(read, written);
        for (at, written) in levels.iter().enumerate() {
            assert_eq!(&level(rest, at, 2).unwrap(), written);
        }
    }

    #[test]
    fn a_ring_is_its_arcs_end_to_end() {
        let (_, [level, _]) = small();
        let lons = |ring: &[usize]| -> Vec<f64> {
            points(&level.arcs, ring)
                .iter()
                .map(|point| point.lon)
                .collect()
        };
        assert_eq!(lons(&[0, 2]), [179.9, 180.1, 179.95]);
        assert_eq!(lons(&[3, 1]), [179.9, 179.95, 180.1]);
    }

    #[test]
    fn a_file_that_breaks_off_is_refused_wherever_it_does() {
        let (written, levels) = small();
        let file = write(&written, &levels);
        for end in 0..file.len() {
            let read = places(&file[..end]).and_then(|(read, rest)| level(rest, 1, read.len()));
            assert_eq!(read, Err(InvalidOutlines), "{end} of {} bytes", file.len());
        }
    }
}
