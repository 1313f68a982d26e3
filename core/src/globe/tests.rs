#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;

use proptest::prelude::*;

use super::camera::Look;
use super::clip::Clipper;
use super::land::level;
use super::outlines::LEVELS;
use super::*;
use crate::catalogue::Catalogue;
use crate::model::CountrySummary;

/// A globe in a phone's units, and a touch as its guidelines have it.
const PHONE: Viewport = Viewport {
    width: 336.0,
    height: 336.0,
    reach: 24.0,
};

/// A globe tinted by the countries of the catalogue, the first by 0 unread stories, the next by 10.
fn tinted() -> Globe {
    let catalogue = Catalogue::bundled().unwrap();
    let countries: Vec<CountrySummary> = catalogue
        .countries()
        .iter()
        .zip((0..).step_by(10))
        .map(|(country, unread)| CountrySummary {
            country: country.code,
            name: country.name.clone(),
            region: country.region,
            publishers: 1,
            articles: unread % 70,
            unread: unread % 70,
            stories: unread % 70,
            unread_stories: unread % 70,
            followed: false,
            refreshed_at: None,
        })
        .collect();
    let mut globe = Globe::default();
    globe.tint_by(&countries);
    globe
}

fn drawn(camera: Camera, viewport: Viewport) -> Frame {
    let mut frame = Frame::default();
    tinted().draw(camera, viewport, None, &mut frame);
    frame
}

fn any_camera() -> impl Strategy<Value = Camera> {
    (-180.0..180.0, -85.0..85.0, 1.0..4.0).prop_map(|(lon, lat, zoom)| Camera::new(lon, lat, zoom))
}

/// The parts of an array between its ends.
fn parts<'a, T>(of: &'a [T], ends: &'a [u32], each: usize) -> impl Iterator<Item = &'a [T]> {
    let begins = std::iter::once(0).chain(ends.iter().copied());
    begins
        .zip(ends)
        .map(move |(begin, &end)| &of[each * begin as usize..each * end as usize])
}

#[test]
fn the_shipped_outlines_are_whole() {
    assert!(places().len() > 230, "{} places", places().len());
    for at in 0..LEVELS {
        let land = level(at);
        assert_eq!(land.len(), places().len());
        for (rings, place) in land.iter().zip(places()) {
            assert!(!rings.is_empty(), "{place:?} has an outline on level {at}");
        }
    }
    let without = places().iter().filter(|place| place.country.is_none());
    assert_eq!(without.count(), 4, "docs/globe.md names four");
    let size = include_bytes!("outlines.bin").len();
    assert!(size < 400_000, "{size} bytes");
}

#[test]
fn areas_are_those_of_the_countries() {
    /// Square kilometres of a steradian.
    const KM2: f64 = 6371.0088 * 6371.0088;
    // Land and inland water, of the CIA World Factbook. Islands are missing on the coarse level.
    for (code, area) in [
        ("RU", 17_098_000.0),
        ("US", 9_833_000.0),
        ("BR", 8_516_000.0),
        ("ZA", 1_219_000.0),
        ("KE", 580_000.0),
        ("IT", 301_000.0),
        ("LS", 30_400.0),
    ] {
        let place = place_of(code.parse().unwrap()).unwrap();
        for at in 0..LEVELS {
            let rings = &level(at)[place];
            let of = |ring: &Ring| {
                let inner = rings.iter().filter(|outer| outer.area() > ring.area());
                let holes = inner.filter(|outer| outer.contains(corner(ring))).count();
                if holes % 2 == 1 {
                    -ring.area()
                } else {
                    ring.area()
                }
            };
            let drawn: f64 = rings.iter().map(of).sum::<f64>() * KM2;
            let ratio = drawn / area;
            assert!((0.9..1.1).contains(&ratio), "{code} on level {at}: {ratio}");
        }
    }
}

fn corner(ring: &Ring) -> Point {
    Point::of(ring.points[0].map(f64::from))
}

#[test]
fn every_country_of_the_catalogue_is_on_the_globe_where_the_catalogue_says() {
    let catalogue = Catalogue::bundled().unwrap();
    for country in catalogue.countries() {
        let place = place_of(country.code);
        let place = place.unwrap_or_else(|| panic!("{} is on the globe", country.name));
        let said = Point {
            lon: country.lon,
            lat: country.lat,
        };
        let near = level(1)[place]
            .iter()
            .map(|ring| ring.degrees_from_border(said))
            .fold(f64::INFINITY, f64::min);
        let inside = level(1)[place].iter().any(|ring| ring.contains(said));
        assert!(inside || near < 2.0, "{} is {near}° off", country.name);
    }
}

#[test]
fn a_touch_inside_a_country_means_it() {
    let globe = tinted();
    for place in places() {
        let Some(country) = place.country else {
            continue;
        };
        let camera = Camera::new(place.point.lon, place.point.lat, MOST_ZOOM);
        let [x, y] = camera.project(PHONE, place.point).unwrap();
        let found = globe.country_at(camera, PHONE, x, y);
        // A speck may lie in the reach of a small neighbour with publishers.
        let rings = &level(1)[place_of(country).unwrap()];
        let speck = frame::across(rings, Look::new(camera, PHONE).radius) < PHONE.reach;
        if !speck || globe.is_listed(place_of(country).unwrap()) {
            assert_eq!(found, Some(country), "at {:?}", place.point);
        }
    }
}

#[test]
fn a_small_country_is_meant_from_beside_it_and_the_nearest_of_several() {
    let globe = tinted();
    let at = |lon: f64, lat: f64, dx: f64, dy: f64| {
        let camera = Camera::new(lon, lat, 1.0);
        let [x, y] = camera.project(PHONE, Point { lon, lat }).unwrap();
        let found = globe.country_at(camera, PHONE, x + dx, y + dy);
        found.map(|country| country.to_string())
    };
    let is = |code: &str| Some(code.to_owned());
    // Malta, and from the sea far to the south-east of it.
    assert_eq!(at(14.4, 35.9, 4.0, 8.0), is("MT"));
    assert_eq!(at(18.0, 34.5, 0.0, 0.0), is("MT"));
    // Singapore and Kuala Lumpur lie 5 units from each other.
    assert_eq!(at(103.8, 1.35, 0.0, 1.0), is("SG"));
    assert_eq!(at(102.0, 4.5, 0.0, 0.0), is("MY"));
    // Nobody is near the middle of the Atlantic.
    assert_eq!(at(-30.0, 30.0, 0.0, 0.0), None);
    // The middle of a large country is its own, whoever is small and near.
    assert_eq!(at(10.4, 51.0, 0.0, 0.0), is("DE"));
    assert_eq!(at(24.0, -29.0, 0.0, 0.0), is("ZA"));
    // One of which the list has nothing is picked where it is touched.
    assert_eq!(at(-41.0, 75.0, 0.0, 0.0), is("GL"));
    assert_eq!(globe.country_at(Camera::default(), PHONE, 3.0, 3.0), None);
}

#[test]
fn countries_too_small_to_see_have_a_dot() {
    let camera = Camera::new(103.8, 1.4, 1.0);
    let frame = drawn(camera, PHONE);
    let singapore = place_of("SG".parse().unwrap()).unwrap();
    let at = frame
        .dot_places
        .iter()
        .position(|&place| place as usize == singapore);
    let dot = &frame.dots[2 * at.unwrap()..][..2];
    assert!(
        (dot[0] - 168.0).abs() < 1.0 && (dot[1] - 168.0).abs() < 1.0,
        "{dot:?}"
    );
    let malaysia = place_of("MY".parse().unwrap()).unwrap();
    assert!(!frame.dot_places.contains(&(malaysia as u32)));
}

#[test]
fn what_is_drawn_again_into_a_frame_is_the_same_as_in_a_new_one() {
    let globe = tinted();
    let mut frame = Frame::default();
    globe.draw(Camera::new(-70.0, 80.0, 3.0), PHONE, None, &mut frame);
    globe.draw(Camera::default(), PHONE, None, &mut frame);
    let new = drawn(Camera::default(), PHONE);
    assert_eq!(frame.points, new.points);
    assert_eq!(frame.shape_ends, new.shape_ends);
    assert_eq!(frame.net, new.net);
}

#[test]
fn a_flight_begins_and_ends_where_it_is_told_and_passes_the_opposite_point() {
    let from = Camera::new(37.0, 1.0, 1.0);
    for to in [
        Camera::new(-100.0, 40.0, 2.0),
        Camera::new(-143.0, -1.0, 4.0),
        Camera::new(37.0, 1.0, 1.0),
    ] {
        assert!(apart(from.flown(to, 0.0), from) < 1e-5);
        assert!(apart(from.flown(to, 1.0), to) < 1e-5);
        assert_eq!(from.flown(to, 7.0), to);
        // The first half of the time is more than half of the way.
        let half = from.flown(to, 0.5);
        assert!(apart(from, half) >= apart(half, to));
    }
}

#[test]
fn a_flick_slows_down_and_ends() {
    let from = Camera::new(0.0, 0.0, 1.0);
    let after = |seconds| from.flicked(PHONE, -800.0, 0.0, seconds);
    let lons = [0.0, 0.1, 0.2, 0.4, 0.8].map(|seconds| after(seconds).camera.lon);
    assert_eq!(lons[0], 0.0);
    let steps: Vec<f64> = lons.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(
        steps[0] > steps[1] && steps.iter().all(|step| *step > 0.0),
        "{lons:?}"
    );
    assert!(!after(0.1).ended && after(2.0).ended);
    assert!(from.flicked(PHONE, f64::NAN, 0.0, 0.1).ended);
}

#[test]
fn what_is_no_number_draws_a_globe_all_the_same() {
    for viewport in [
        Viewport {
            width: 0.0,
            height: f64::NAN,
            reach: f64::NAN,
        },
        Viewport {
            width: -5.0,
            height: f64::INFINITY,
            reach: 0.0,
        },
    ] {
        let camera = Camera {
            lon: f64::NAN,
            lat: f64::INFINITY,
            zoom: -3.0,
        };
        let frame = drawn(camera, viewport);
        assert!(frame.points.iter().all(|number| number.is_finite()));
        tinted().country_at(camera, viewport, f64::NAN, 0.0);
    }
}

/// Degrees between the middles of two cameras.
fn apart(a: Camera, b: Camera) -> f64 {
    let cos = sphere::dot(a.middle().direction(), b.middle().direction());
    cos.clamp(-1.0, 1.0).acos().to_degrees()
}

/// Whether a point is in rings, by the even-odd rule; `None` when it is on a border, nearly.
fn inside(rings: &[Vec<[f64; 2]>], [x, y]: [f64; 2], near: f64) -> Option<bool> {
    let mut crossed = 0;
    for ring in rings {
        for (at, &[bx, by]) in ring.iter().enumerate() {
            let [ax, ay] = ring[(at + ring.len() - 1) % ring.len()];
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let share = if length > 0.0 {
                ((x - ax) * dx + (y - ay) * dy) / length
            } else {
                0.0
            };
            let share = share.clamp(0.0, 1.0);
            if (x - ax - share * dx).hypot(y - ay - share * dy) < near {
                return None;
            }
            if (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * dx {
                crossed += 1;
            }
        }
    }
    Some(crossed % 2 == 1)
}

proptest! {
    #[test]
    fn a_projected_point_is_in_the_disc_and_goes_back(
        camera in any_camera(), lon in -180.0..180.0, lat in -90.0..90.0,
    ) {
        let point = Point { lon, lat };
        if let Some([x, y]) = camera.project(PHONE, point) {
            let radius = camera.zoom * 168.0;
            let off = (x - 168.0).hypot(y - 168.0);
            prop_assert!(off <= radius * (1.0 + 1e-9));
            if off < radius * 0.999 {
                let back = camera.unproject(PHONE, x, y).unwrap();
                let cos = sphere::dot(back.direction(), point.direction());
                prop_assert!(cos > 1.0 - 1e-9, "{back:?} is not {point:?}");
            }
        }
    }

    #[test]
    fn every_frame_is_well_formed(camera in any_camera(), width in 100.0..2000.0) {
        let viewport = Viewport { width, height: 700.0, reach: 24.0 };
        let frame = drawn(camera, viewport);
        let [cx, cy] = frame.centre;
        for points in [&frame.points, &frame.net, &frame.dots] {
            for point in points.chunks_exact(2) {
                let off = (point[0] - cx).hypot(point[1] - cy);
                prop_assert!(off <= frame.radius * 1.00001, "{off} of {}", frame.radius);
            }
        }
        prop_assert_eq!(frame.ring_ends.last().map(|end| 2 * *end as usize), Some(frame.points.len()));
        prop_assert_eq!(frame.shape_ends.last().map(|end| *end as usize), Some(frame.ring_ends.len()));
        prop_assert_eq!(frame.net_ends.last().map(|end| 2 * *end as usize), Some(frame.net.len()));
        prop_assert_eq!(frame.shape_ends.len(), frame.shape_places.len());
        prop_assert_eq!(frame.shape_ends.len(), frame.shape_tints.len());
        prop_assert!(parts(&frame.points, &frame.ring_ends, 2).all(|ring| ring.len() >= 6));
        prop_assert!(parts(&frame.net, &frame.net_ends, 2).all(|line| line.len() >= 4));
        prop_assert!(parts(&frame.ring_ends, &frame.shape_ends, 1).all(|rings| !rings.is_empty()));
    }

    /// The clip, against a question that knows nothing of it: a place of the disc is filled exactly
    /// when the point of the sphere that is drawn there is inside the border.
    #[test]
    fn what_is_filled_is_what_is_inside(
        camera in any_camera(),
        (lon, lat) in (-180.0..180.0, -90.0..90.0),
        radii in prop::collection::vec(3.0..75.0, 40),
        samples in prop::collection::vec((0.0..1.0, 0.0..6.3), 40),
    ) {
        // A star around any place, which may hold a pole, the middle or the opposite point.
        let axes = sphere::Axes::at(Point { lon, lat });
        // Its edges are 8° long at most: a chord of one is 0.003 from the border it stands for.
        let star: Vec<Point> = (0..400_u32).map(|at| {
            let (sin, cos) = (f64::from(at) / 400.0 * std::f64::consts::TAU).sin_cos();
            let share = f64::from(at % 10) / 10.0;
            let [this, next] = [at / 10, (at / 10 + 1) % 40].map(|at| radii[at as usize]);
            let (far, near) = f64::to_radians(this + (next - this) * share).sin_cos();
            Point::of(axes.back([far * cos, far * sin, near]))
        }).collect();
        let Some(ring) = Ring::new(&star) else { return Ok(()) };
        let look = Look::new(camera, PHONE);
        let mut rings = vec![vec![]];
        Clipper::default().clip(&look, &ring, 0.02, |point| match point {
            Some(point) => rings.last_mut().unwrap().push(point),
            None => rings.push(vec![]),
        });
        prop_assert_eq!(rings.pop(), Some(vec![]), "the last ring is closed");
        for (far, angle) in samples {
            // Chords of the border are not bent, and those of the edge fall short of it.
            let far = far * look.sin * 0.98;
            let at = [far * f64::cos(angle), far * f64::sin(angle)];
            let height = f64::sqrt(1.0 - far * far);
            if let Some(filled) = inside(&rings, at, 0.02) {
                let really = ring.encloses(look.axes.back([at[0], at[1], height]));
                prop_assert_eq!(filled, really, "at {:?}", at);
            }
        }
    }

    /// The same with every country there is, at both levels.
    #[test]
    fn what_is_filled_of_a_country_is_what_is_inside(
        camera in any_camera(), at in 0_usize..240, fine in 0..LEVELS,
        samples in prop::collection::vec((0.0..1.0, 0.0..6.3), 60),
    ) {
        let look = Look::new(camera, PHONE);
        let mut clipper = Clipper::default();
        for ring in &level(fine)[at % places().len()] {
            let mut rings = vec![vec![]];
            clipper.clip(&look, ring, 0.02, |point| match point {
                Some(point) => rings.last_mut().unwrap().push(point),
                None => rings.push(vec![]),
            });
            rings.pop();
            for &(far, angle) in &samples {
                let far = f64::sqrt(far) * look.sin * 0.999;
                let at = [far * f64::cos(angle), far * f64::sin(angle)];
                let height = (1.0 - far * far).sqrt();
                if let Some(filled) = inside(&rings, at, 0.002) {
                    let really = ring.encloses(look.axes.back([at[0], at[1], height]));
                    prop_assert_eq!(filled, really, "at {:?}", at);
                }
            }
        }
    }

    #[test]
    fn a_drag_in_the_middle_moves_what_is_there_with_the_finger(
        lon in -180.0..180.0, lat in -60.0..60.0, zoom in 1.0..4.0,
        dx in -8.0..8.0, dy in -8.0..8.0,
    ) {
        let camera = Camera::new(lon, lat, zoom);
        let dragged = camera.dragged(PHONE, dx, dy);
        let [x, y] = dragged.project(PHONE, camera.middle()).unwrap();
        prop_assert!((x - 168.0 - dx).abs() < 1.5 && (y - 168.0 - dy).abs() < 1.5, "{x} {y}");
    }
}

/// The globe in characters of two by four dots, as a terminal has them.
fn braille(camera: Camera) -> String {
    const COLUMNS: usize = 30;
    const ROWS: usize = 15;
    let viewport = Viewport {
        width: 2.0 * COLUMNS as f64,
        height: 4.0 * ROWS as f64,
        reach: 4.0,
    };
    let mut dots = Vec::new();
    raster(&drawn(camera, viewport), 2 * COLUMNS, 4 * ROWS, &mut dots);
    let mut text = String::new();
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let is_land = |x: usize, y: usize| {
                matches!(
                    dots[(4 * row + y) * 2 * COLUMNS + 2 * column + x],
                    Dot::Land { .. }
                )
            };
            let order = [
                (0, 0),
                (0, 1),
                (0, 2),
                (1, 0),
                (1, 1),
                (1, 2),
                (0, 3),
                (1, 3),
            ];
            let bits = order
                .iter()
                .enumerate()
                .filter(|&(_, &(x, y))| is_land(x, y));
            let bits: u32 = bits.map(|(bit, _)| 1 << bit).sum();
            text.extend(char::from_u32(0x2800 + bits));
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_globe_from_three_sides() {
    let mut text = String::new();
    for (name, camera) in [
        ("Africa and Europe", Camera::default()),
        ("the Pacific", Camera::new(180.0, 0.0, 1.0)),
        (
            "the south pole, twice as large",
            Camera::new(-60.0, -85.0, 2.0),
        ),
    ] {
        writeln!(text, "{name}\n{}", braille(camera)).unwrap();
    }
    insta::assert_snapshot!(text);
}

/// The simplified border crosses itself just before the edge, so that it enters again before it left.
/// All that is seen was filled.
#[test]
fn a_border_that_crosses_itself_at_the_edge_does_not_flood_the_view() {
    let camera = Camera::new(
        14.118_066_499_422_696,
        29.012_511_785_159_067,
        3.885_633_317_053_924,
    );
    let look = Look::new(camera, PHONE);
    let sudan = place_of("SD".parse().unwrap()).unwrap();
    let mut drawn = vec![];
    for ring in &level(0)[sudan] {
        Clipper::default().clip(&look, ring, 0.02, |point| drawn.extend(point));
    }
    assert!(!drawn.is_empty());
    // It is seen in the south-east alone.
    assert!(drawn.iter().all(|&[x, y]| x > 0.0 && y < 0.0), "{drawn:?}");
}
