//! Makes `core/src/globe/outlines.bin` of the outlines that the npm package world-atlas carries, and
//! says what it left out:
//!
//! ```text
//! npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//! cargo run --release -p overview-core --example globe_outlines -- package core/src/globe/outlines.bin
//! ```
//!
//! The same files give the same bytes. Nothing is simplified: coordinates are rounded to a hundredth
//! of a degree, and what is then one point is one.

#![allow(clippy::print_stdout, clippy::expect_used)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use overview_core::globe::outlines::{Place, Topology, points, steps, write};
use overview_core::globe::{Point, Ring};
use serde::Deserialize;

/// The one that has a code without being in ISO 3166-1: `XK` is of the range left to users, and
/// what the European Union and the catalogue call it.
const KOSOVO: (&str, &str) = ("Kosovo", "XK");

/// A file of world-atlas: <https://github.com/topojson/topojson-specification>.
#[derive(Deserialize)]
struct TopoJson {
    transform: Transform,
    arcs: Vec<Vec<[i32; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    /// ISO 3166-1 numeric.
    id: Option<String>,
    properties: Properties,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i32>>),
    MultiPolygon(Vec<Vec<Vec<i32>>>),
}

/// A country: its letters, or the name of what has none.
type Key = String;

/// A level as it is read: its arcs, and which of them bound what.
struct Level {
    arcs: Vec<Vec<[i32; 2]>>,
    rings: BTreeMap<Key, Vec<Vec<usize>>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [package, out] = &args[..] else {
        return Err("name the unpacked folder of world-atlas and the file to write".into());
    };
    let mut coarse = read(&Path::new(package).join("countries-110m.json"))?;
    let fine = read(&Path::new(package).join("countries-50m.json"))?;
    for key in coarse.rings.keys() {
        assert!(fine.rings.contains_key(key), "{key} is in 1:110m alone");
    }
    // What is too small for the coarse level is there as the fine one draws it.
    let mut added = Vec::new();
    for (key, rings) in &fine.rings {
        if !coarse.rings.contains_key(key) {
            added.push(key.as_str());
            let rings = rings.iter().map(|ring| coarse.take(&fine, ring)).collect();
            coarse.rings.insert(key.clone(), rings);
        }
    }
    println!("from 1:50m in 1:110m: {}", added.join(", "));

    let mut places: Vec<(f64, Key, Place)> = fine
        .rings
        .iter()
        .map(|(key, rings)| {
            let rings = rings.iter().map(|ring| points(&fine.arcs, ring));
            let rings: Vec<Ring> = rings.filter_map(|ring| Ring::new(&ring)).collect();
            let area = rings.iter().map(Ring::area).fold(0.0, f64::max);
            let largest = rings.iter().find(|ring| ring.area() >= area);
            let point = well_inside(largest.expect("a place has an outline"), &rings);
            let country = key.parse().ok();
            (area, key.clone(), Place { country, point })
        })
        .collect();
    // The small are drawn over the large.
    places.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    let without: Vec<&str> = places
        .iter()
        .filter(|(.., place)| place.country.is_none())
        .map(|(_, key, _)| key.as_str())
        .collect();
    println!("without a code: {}", without.join(", "));

    let keys: Vec<&Key> = places.iter().map(|(_, key, _)| key).collect();
    let levels = [coarse.topology(&keys), fine.topology(&keys)];
    for level in &levels {
        let points: usize = level.arcs.iter().map(Vec::len).sum();
        println!("{} arcs of {points} points", level.arcs.len());
    }
    let places: Vec<Place> = places.into_iter().map(|(.., place)| place).collect();
    let file = write(&places, &levels);
    println!("{} places, {} bytes", places.len(), file.len());
    std::fs::write(out, file)?;
    Ok(())
}

fn read(path: &Path) -> Result<Level, Box<dyn Error>> {
    let file: TopoJson = serde_json::from_slice(&std::fs::read(path)?)?;
    let Transform { scale, translate } = file.transform;
    let arcs = file.arcs.iter().map(|arc| {
        let [mut x, mut y] = [0, 0];
        let mut points: Vec<[i32; 2]> = Vec::new();
        for [dx, dy] in arc {
            x += dx;
            y += dy;
            let lon = f64::from(x) * scale[0] + translate[0];
            let lat = f64::from(y) * scale[1] + translate[1];
            let point = [steps(lon), steps(lat)];
            if points.last() != Some(&point) {
                points.push(point);
            }
        }
        // An arc that shrank to a point still has its two ends.
        if points.len() == 1 {
            points.push(points[0]);
        }
        points
    });
    let mut level = Level {
        arcs: arcs.collect(),
        rings: BTreeMap::new(),
    };
    for geometry in file.objects.countries.geometries {
        let polygons = match geometry.shape {
            Shape::Polygon(rings) => vec![rings],
            Shape::MultiPolygon(polygons) => polygons,
        };
        let rings = polygons.into_iter().flatten().map(|ring| {
            let arcs = ring.into_iter();
            arcs.map(|arc| match usize::try_from(arc) {
                Ok(forwards) => 2 * forwards,
                Err(_) => 2 * usize::try_from(!arc).unwrap_or(0) + 1,
            })
            .collect()
        });
        let rings: Vec<Vec<usize>> = rings.collect();
        // What shrank to less than a triangle is nothing to see.
        let rings = rings
            .into_iter()
            .filter(|ring| Ring::new(&points(&level.arcs, ring)).is_some())
            .collect::<Vec<_>>();
        let key = key(geometry.id.as_deref(), &geometry.properties.name)?;
        // Australia comes in two parts.
        level.rings.entry(key).or_default().extend(rings);
    }
    Ok(level)
}

fn key(id: Option<&str>, name: &str) -> Result<Key, Box<dyn Error>> {
    if name == KOSOVO.0 {
        return Ok(KOSOVO.1.to_owned());
    }
    let Some(id) = id else {
        return Ok(name.to_owned());
    };
    let country = rust_iso3166::from_numeric(id.parse()?);
    let country = country.ok_or_else(|| format!("{name} has the unknown number {id}"))?;
    Ok(country.alpha2.to_owned())
}

impl Level {
    /// Copies a ring of another level; its place here.
    fn take(&mut self, from: &Level, ring: &[usize]) -> Vec<usize> {
        let arcs = ring.iter().map(|&arc| {
            self.arcs.push(from.arcs[arc / 2].clone());
            2 * (self.arcs.len() - 1) + arc % 2
        });
        arcs.collect()
    }

    fn topology(&self, keys: &[&Key]) -> Topology {
        Topology {
            arcs: self.arcs.clone(),
            rings: keys.iter().map(|key| self.rings[*key].clone()).collect(),
        }
    }
}

/// The point of a ring that is farthest from every border, by ever finer nets of points.
fn well_inside(ring: &Ring, rings: &[Ring]) -> Point {
    const NET: i32 = 12;
    let mut best = (f64::NEG_INFINITY, ring.centre());
    let mut span = ring.radius_degrees() * 1.05;
    for _ in 0..6 {
        let middle = best.1;
        for i in -NET..=NET {
            for j in -NET..=NET {
                let [i, j] = [i, j].map(|step| f64::from(step) / f64::from(NET) * span);
                let lat = (middle.lat + j).clamp(-90.0, 90.0);
                let lon = middle.lon + i / lat.to_radians().cos().max(0.01);
                let point = Point { lon, lat };
                let inside = rings.iter().filter(|ring| ring.contains(point)).count() % 2 == 1;
                let distance = rings.iter().map(|ring| ring.degrees_from_border(point));
                let distance = distance.fold(f64::INFINITY, f64::min);
                let signed = if inside { distance } else { -distance };
                if signed > best.0 {
                    best = (signed, point);
                }
            }
        }
        span *= 0.3;
    }
    best.1
}
