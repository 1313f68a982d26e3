use super::Scene;
use super::canvas::{Canvas, HEIGHT, WIDTH};
use super::palette::Palette;

pub(super) fn draw(canvas: &mut Canvas, scene: Scene, palette: &Palette) {
    canvas.rect(0.0, 0.0, WIDTH, HEIGHT, palette.sky);
    match scene {
        Scene::Space => return space(canvas, palette),
        Scene::Storm => clouds(canvas, palette),
        Scene::Night => stars(canvas, palette, 60),
        _ => {}
    }
    let (x, y) = (canvas.number(140.0, 820.0), canvas.number(90.0, 210.0));
    if scene != Scene::Storm {
        canvas.circle(x, y, 62.0, palette.sun);
    }
    match scene {
        Scene::Coast => coast(canvas, palette, x),
        Scene::Harbour => harbour(canvas, palette, x),
        Scene::Island => island(canvas, palette, x),
        Scene::River | Scene::Delta => river(canvas, palette, scene == Scene::Delta),
        Scene::Lake => lake(canvas, palette, x),
        Scene::Mountains | Scene::Snow => mountains(canvas, palette, scene == Scene::Snow),
        Scene::Volcano => volcano(canvas, palette),
        Scene::Desert => desert(canvas, palette),
        Scene::Savanna => savanna(canvas, palette),
        Scene::Field => field(canvas, palette),
        Scene::Orchard | Scene::Forest => trees(canvas, palette, scene == Scene::Forest),
        Scene::City | Scene::Night => city(canvas, palette),
        Scene::Oldtown => old_town(canvas, palette),
        Scene::Rails => rails(canvas, palette),
        Scene::Bridge => bridge(canvas, palette),
        Scene::Storm => storm(canvas, palette),
        Scene::Stadium => stadium(canvas, palette),
        Scene::Reef => reef(canvas, palette),
        Scene::Space => {}
    }
}

fn hills(canvas: &mut Canvas, palette: &Palette, y: f32) {
    canvas.ridge(y - 50.0, 46.0, 4, palette.far);
    canvas.ridge(y, 26.0, 5, palette.mid);
}

/// Water from `y` down, with the sun's light under `sun`.
fn water(canvas: &mut Canvas, palette: &Palette, y: f32, sun: f32) {
    canvas.rect(0.0, y, WIDTH, HEIGHT - y, palette.water);
    for _ in 0..6 {
        let (x, wide) = (canvas.number(-80.0, 820.0), canvas.number(140.0, 320.0));
        let line = canvas.number(y + 50.0, HEIGHT - 20.0);
        canvas.rect(x, line, wide, 8.0, palette.ripple);
    }
    for (step, wide) in [110.0, 86.0, 60.0, 92.0].into_iter().enumerate() {
        #[allow(clippy::cast_precision_loss)] // four steps
        let line = y + 20.0 + 24.0 * step as f32;
        canvas.rect(sun - wide / 2.0, line, wide, 6.0, palette.sun);
    }
}

fn boat(canvas: &mut Canvas, palette: &Palette, x: f32, y: f32, size: f32) {
    let at = |dx: f32, dy: f32| (x + dx * size, y + dy * size);
    canvas.polygon(
        &[
            at(-90.0, 0.0),
            at(90.0, 0.0),
            at(62.0, 38.0),
            at(-62.0, 38.0),
        ],
        palette.dark,
    );
    canvas.polygon(
        &[at(4.0, -120.0), at(4.0, -12.0), at(84.0, -12.0)],
        palette.light,
    );
    canvas.polygon(
        &[at(-4.0, -96.0), at(-4.0, -12.0), at(-58.0, -12.0)],
        palette.sun,
    );
}

fn coast(canvas: &mut Canvas, palette: &Palette, sun: f32) {
    hills(canvas, palette, 290.0);
    water(canvas, palette, 320.0, sun);
    let x = canvas.number(220.0, 740.0);
    let size = canvas.number(0.8, 1.15);
    boat(canvas, palette, x, 430.0, size);
}

fn harbour(canvas: &mut Canvas, palette: &Palette, sun: f32) {
    hills(canvas, palette, 280.0);
    water(canvas, palette, 330.0, sun);
    let left = canvas.number(60.0, 260.0);
    for crane in 0..2_u8 {
        let x = left + f32::from(crane) * 190.0;
        canvas.rect(x, 170.0, 14.0, 190.0, palette.dark);
        canvas.rect(x - 60.0, 170.0, 190.0, 12.0, palette.dark);
        canvas.line((x + 110.0, 182.0), (x + 110.0, 250.0), 3.0, palette.dark);
        canvas.rect(x + 92.0, 250.0, 36.0, 24.0, palette.accent);
    }
    canvas.rect(0.0, 356.0, 520.0, 26.0, palette.near);
    let ship = canvas.number(560.0, 700.0);
    canvas.polygon(
        &[
            (ship - 130.0, 396.0),
            (ship + 170.0, 396.0),
            (ship + 130.0, 446.0),
            (ship - 100.0, 446.0),
        ],
        palette.dark,
    );
    for (place, colour) in [palette.accent, palette.light, palette.mid, palette.sun]
        .into_iter()
        .enumerate()
    {
        #[allow(clippy::cast_precision_loss)] // four boxes
        canvas.rect(ship - 90.0 + 52.0 * place as f32, 360.0, 46.0, 34.0, colour);
    }
}

fn island(canvas: &mut Canvas, palette: &Palette, sun: f32) {
    water(canvas, palette, 300.0, sun);
    let x = canvas.number(320.0, 640.0);
    canvas.ellipse(x, 330.0, 250.0, 46.0, palette.sun);
    canvas.ellipse(x, 316.0, 190.0, 60.0, palette.near);
    for (dx, lean) in [(-60.0, -34.0), (40.0, 40.0)] {
        canvas.line((x + dx, 300.0), (x + dx + lean, 170.0), 10.0, palette.dark);
        for (px, py) in [(-70.0, 20.0), (70.0, 20.0), (-40.0, -30.0), (44.0, -26.0)] {
            let top = (x + dx + lean, 172.0);
            canvas.polygon(
                &[
                    top,
                    (top.0 + px * 0.5, top.1 + py - 18.0),
                    (top.0 + px, top.1 + py + 10.0),
                ],
                palette.mid,
            );
        }
    }
}

fn river(canvas: &mut Canvas, palette: &Palette, delta: bool) {
    hills(canvas, palette, 250.0);
    canvas.rect(0.0, 280.0, WIDTH, 260.0, palette.near);
    let start = canvas.number(400.0, 600.0);
    let bend = canvas.number(-160.0, 160.0);
    let arms: &[(f32, f32)] = if delta {
        &[(-360.0, 120.0), (0.0, 150.0), (340.0, 110.0)]
    } else {
        &[(40.0, 240.0)]
    };
    for (drift, wide) in arms {
        canvas.polygon(
            &[
                (start - 10.0, 280.0),
                (start + 10.0, 280.0),
                (start + bend + 60.0, 370.0),
                (start + drift + wide, HEIGHT),
                (start + drift - wide, HEIGHT),
                (start + bend - 50.0, 370.0),
            ],
            palette.water,
        );
    }
    for _ in 0..7 {
        let (x, y) = (canvas.number(30.0, 930.0), canvas.number(300.0, 350.0));
        canvas.circle(x, y, 16.0, palette.mid);
        canvas.rect(x - 2.0, y + 10.0, 4.0, 18.0, palette.dark);
    }
}

fn lake(canvas: &mut Canvas, palette: &Palette, sun: f32) {
    canvas.peaks(330.0, 190.0, 4, palette.far, None);
    canvas.ridge(310.0, 18.0, 5, palette.mid);
    water(canvas, palette, 340.0, sun);
    canvas.ridge(505.0, 14.0, 4, palette.near);
    for _ in 0..9 {
        let (x, tall) = (canvas.number(0.0, 260.0), canvas.number(60.0, 120.0));
        canvas.line((x, 520.0), (x + 6.0, 520.0 - tall), 4.0, palette.dark);
    }
}

fn mountains(canvas: &mut Canvas, palette: &Palette, snow: bool) {
    canvas.peaks(360.0, 260.0, 4, palette.far, Some(palette.light));
    canvas.peaks(420.0, 190.0, 5, palette.mid, snow.then_some(palette.light));
    canvas.ridge(450.0, 24.0, 4, palette.near);
    for _ in 0..12 {
        let (x, y) = (canvas.number(20.0, 940.0), canvas.number(440.0, 500.0));
        canvas.polygon(&[(x - 20.0, y), (x, y - 62.0), (x + 20.0, y)], palette.dark);
    }
}

fn volcano(canvas: &mut Canvas, palette: &Palette) {
    hills(canvas, palette, 330.0);
    let x = canvas.number(340.0, 620.0);
    for (dx, dy, radius) in [(10.0, 120.0, 34.0), (44.0, 84.0, 44.0), (96.0, 50.0, 54.0)] {
        canvas.circle(x + dx, dy, radius, palette.light);
    }
    canvas.polygon(
        &[
            (x - 320.0, 470.0),
            (x - 46.0, 160.0),
            (x + 46.0, 160.0),
            (x + 320.0, 470.0),
        ],
        palette.near,
    );
    canvas.polygon(
        &[
            (x - 46.0, 160.0),
            (x + 46.0, 160.0),
            (x + 72.0, 190.0),
            (x + 20.0, 214.0),
            (x - 16.0, 186.0),
            (x - 70.0, 188.0),
        ],
        palette.accent,
    );
    canvas.ridge(470.0, 18.0, 5, palette.dark);
}

fn desert(canvas: &mut Canvas, palette: &Palette) {
    canvas.ridge(300.0, 40.0, 3, palette.far);
    canvas.ridge(370.0, 44.0, 3, palette.mid);
    canvas.ridge(450.0, 34.0, 2, palette.near);
    let x = canvas.number(180.0, 760.0);
    canvas.rect(x, 300.0, 16.0, 130.0, palette.dark);
    canvas.rect(x - 40.0, 340.0, 12.0, 50.0, palette.dark);
    canvas.rect(x - 40.0, 378.0, 48.0, 12.0, palette.dark);
    canvas.rect(x + 44.0, 320.0, 12.0, 56.0, palette.dark);
    canvas.rect(x + 8.0, 366.0, 48.0, 12.0, palette.dark);
}

fn savanna(canvas: &mut Canvas, palette: &Palette) {
    hills(canvas, palette, 330.0);
    canvas.rect(0.0, 360.0, WIDTH, 180.0, palette.near);
    for _ in 0..3 {
        let (x, size) = (canvas.number(100.0, 860.0), canvas.number(0.7, 1.2));
        let foot = 380.0 + 70.0 * (size - 0.7);
        canvas.line(
            (x, foot),
            (x + 10.0 * size, foot - 130.0 * size),
            12.0 * size,
            palette.dark,
        );
        canvas.ellipse(
            x + 10.0 * size,
            foot - 140.0 * size,
            120.0 * size,
            26.0 * size,
            palette.dark,
        );
        canvas.ellipse(
            x - 40.0 * size,
            foot - 112.0 * size,
            60.0 * size,
            16.0 * size,
            palette.dark,
        );
    }
}

fn field(canvas: &mut Canvas, palette: &Palette) {
    canvas.ridge(270.0, 22.0, 3, palette.mid);
    canvas.rect(0.0, 296.0, WIDTH, 244.0, palette.near);
    let vanish = canvas.number(380.0, 600.0);
    let mut x = -900.0;
    while x < 1_900.0 {
        canvas.polygon(
            &[(vanish, 296.0), (x, HEIGHT), (x + 80.0, HEIGHT)],
            0xbf9444,
        );
        x += 190.0;
    }
    let barn = canvas.number(90.0, 780.0);
    canvas.rect(barn, 244.0, 90.0, 54.0, palette.accent);
    canvas.polygon(
        &[
            (barn - 10.0, 246.0),
            (barn + 45.0, 208.0),
            (barn + 100.0, 246.0),
        ],
        palette.dark,
    );
}

fn trees(canvas: &mut Canvas, palette: &Palette, forest: bool) {
    hills(canvas, palette, 280.0);
    canvas.rect(0.0, 330.0, WIDTH, 210.0, palette.near);
    let rows: &[(f32, f32)] = &[(350.0, 0.6), (410.0, 0.85), (490.0, 1.15)];
    for (y, size) in rows {
        let mut x = canvas.number(-40.0, 40.0);
        while x < WIDTH + 60.0 {
            if forest {
                canvas.polygon(
                    &[
                        (x - 36.0 * size, *y),
                        (x, y - 150.0 * size),
                        (x + 36.0 * size, *y),
                    ],
                    palette.dark,
                );
                x += canvas.number(56.0, 92.0) * size;
            } else {
                canvas.rect(
                    x - 5.0 * size,
                    y - 40.0 * size,
                    10.0 * size,
                    46.0 * size,
                    palette.dark,
                );
                canvas.circle(x, y - 66.0 * size, 42.0 * size, palette.mid);
                for (dx, dy) in [(-16.0, -70.0), (14.0, -82.0), (6.0, -52.0)] {
                    canvas.circle(x + dx * size, y + dy * size, 6.0 * size, palette.accent);
                }
                x += 130.0 * size;
            }
        }
    }
}

fn skyline(canvas: &mut Canvas, palette: &Palette, foot: f32, tall: f32, colour: u32, lit: bool) {
    let mut x = -10.0;
    while x < WIDTH {
        let (wide, high) = (canvas.number(46.0, 104.0), canvas.number(tall * 0.4, tall));
        canvas.rect(x, foot - high, wide, HEIGHT - foot + high, colour);
        if lit {
            let mut y = foot - high + 18.0;
            while y < foot - 10.0 {
                let mut window = x + 12.0;
                while window < x + wide - 18.0 {
                    if canvas.number(0.0, 1.0) < 0.34 {
                        canvas.rect(window, y, 10.0, 14.0, palette.sun);
                    }
                    window += 22.0;
                }
                y += 32.0;
            }
        }
        x += wide + canvas.number(0.0, 12.0);
    }
}

fn city(canvas: &mut Canvas, palette: &Palette) {
    skyline(canvas, palette, 420.0, 270.0, palette.far, false);
    skyline(canvas, palette, 450.0, 230.0, palette.mid, true);
    skyline(canvas, palette, 500.0, 130.0, palette.near, true);
    canvas.rect(0.0, 500.0, WIDTH, 40.0, palette.dark);
}

fn old_town(canvas: &mut Canvas, palette: &Palette) {
    hills(canvas, palette, 300.0);
    let tower = canvas.number(200.0, 760.0);
    canvas.rect(tower - 26.0, 170.0, 52.0, 300.0, palette.light);
    canvas.polygon(
        &[(tower - 34.0, 172.0), (tower, 84.0), (tower + 34.0, 172.0)],
        palette.accent,
    );
    canvas.rect(tower - 8.0, 200.0, 16.0, 28.0, palette.dark);
    let mut x = -20.0;
    while x < WIDTH {
        let (wide, high) = (canvas.number(80.0, 130.0), canvas.number(90.0, 160.0));
        let top = 480.0 - high;
        let wall = if canvas.number(0.0, 1.0) < 0.5 {
            palette.light
        } else {
            palette.sun
        };
        canvas.rect(x, top, wide, high, wall);
        canvas.polygon(
            &[
                (x - 6.0, top),
                (x + wide / 2.0, top - 46.0),
                (x + wide + 6.0, top),
            ],
            palette.accent,
        );
        for window in [0.22, 0.6] {
            canvas.rect(x + wide * window, top + 24.0, 16.0, 24.0, palette.dark);
        }
        x += wide + 4.0;
    }
    canvas.rect(0.0, 476.0, WIDTH, 64.0, palette.near);
}

fn rails(canvas: &mut Canvas, palette: &Palette) {
    hills(canvas, palette, 300.0);
    canvas.rect(0.0, 320.0, WIDTH, 220.0, palette.near);
    let x = canvas.number(400.0, 560.0);
    canvas.polygon(
        &[
            (x - 14.0, 320.0),
            (x + 14.0, 320.0),
            (x + 330.0, HEIGHT),
            (x - 330.0, HEIGHT),
        ],
        palette.dark,
    );
    for step in 1..9_u8 {
        let near = f32::from(step) / 8.0;
        let y = 320.0 + 220.0 * near * near;
        canvas.rect(
            x - 30.0 - 250.0 * near * near,
            y,
            60.0 + 500.0 * near * near,
            3.0 + 9.0 * near,
            palette.mid,
        );
    }
    for side in [-1.0, 1.0] {
        canvas.line(
            (x + side * 8.0, 322.0),
            (x + side * 190.0, HEIGHT),
            6.0,
            palette.light,
        );
    }
    canvas.rect(x - 42.0, 236.0, 84.0, 92.0, palette.accent);
    canvas.rect(x - 30.0, 250.0, 60.0, 30.0, palette.light);
    canvas.circle(x - 26.0, 308.0, 7.0, palette.sun);
    canvas.circle(x + 26.0, 308.0, 7.0, palette.sun);
}

fn bridge(canvas: &mut Canvas, palette: &Palette) {
    hills(canvas, palette, 290.0);
    let sun = canvas.number(200.0, 760.0);
    water(canvas, palette, 350.0, sun);
    let (left, right) = (canvas.number(180.0, 280.0), canvas.number(680.0, 780.0));
    canvas.rect(0.0, 330.0, WIDTH, 16.0, palette.dark);
    for tower in [left, right] {
        canvas.rect(tower - 9.0, 150.0, 18.0, 260.0, palette.dark);
        let mut reach = 30.0;
        while reach < 260.0 {
            for side in [-1.0, 1.0] {
                canvas.line(
                    (tower, 158.0),
                    (tower + side * reach, 332.0),
                    2.5,
                    palette.dark,
                );
            }
            reach += 38.0;
        }
    }
}

fn clouds(canvas: &mut Canvas, palette: &Palette) {
    for _ in 0..5 {
        let (x, y) = (canvas.number(40.0, 900.0), canvas.number(40.0, 150.0));
        for (dx, radius) in [(-80.0, 46.0), (-20.0, 70.0), (52.0, 56.0), (110.0, 38.0)] {
            canvas.circle(x + dx, y, radius, palette.mid);
        }
    }
}

fn storm(canvas: &mut Canvas, palette: &Palette) {
    hills(canvas, palette, 330.0);
    for _ in 0..40 {
        let (x, y) = (canvas.number(0.0, WIDTH), canvas.number(150.0, 340.0));
        canvas.line((x, y), (x - 16.0, y + 44.0), 3.0, palette.light);
    }
    canvas.rect(0.0, 370.0, WIDTH, 170.0, palette.water);
    for row in 0..4_u8 {
        canvas.ridge(
            390.0 + 40.0 * f32::from(row),
            12.0,
            9,
            if row % 2 == 0 {
                palette.ripple
            } else {
                palette.water
            },
        );
    }
    let x = canvas.number(150.0, 800.0);
    canvas.polygon(
        &[
            (x, 190.0),
            (x - 34.0, 280.0),
            (x - 6.0, 276.0),
            (x - 30.0, 350.0),
            (x + 34.0, 254.0),
            (x + 6.0, 258.0),
        ],
        palette.accent,
    );
}

fn stadium(canvas: &mut Canvas, palette: &Palette) {
    hills(canvas, palette, 260.0);
    canvas.ellipse(480.0, 400.0, 470.0, 170.0, palette.dark);
    canvas.ellipse(480.0, 390.0, 440.0, 150.0, palette.mid);
    canvas.ellipse(480.0, 400.0, 370.0, 118.0, palette.light);
    canvas.ellipse(480.0, 408.0, 330.0, 96.0, 0x6d9a5b);
    canvas.line((480.0, 314.0), (480.0, 502.0), 5.0, palette.light);
    canvas.ellipse(480.0, 408.0, 62.0, 24.0, palette.light);
    canvas.ellipse(480.0, 408.0, 56.0, 20.0, 0x6d9a5b);
    for x in [70.0, 890.0] {
        canvas.rect(x - 6.0, 130.0, 12.0, 260.0, palette.dark);
        canvas.rect(x - 46.0, 110.0, 92.0, 36.0, palette.accent);
    }
    let ball = canvas.number(260.0, 700.0);
    canvas.circle(ball, 440.0, 9.0, palette.light);
}

fn reef(canvas: &mut Canvas, palette: &Palette) {
    canvas.rect(0.0, 120.0, WIDTH, 420.0, palette.water);
    canvas.ridge(150.0, 10.0, 8, palette.water);
    canvas.ridge(430.0, 30.0, 5, palette.ripple);
    canvas.ridge(490.0, 20.0, 4, palette.dark);
    for _ in 0..9 {
        let (x, tall) = (canvas.number(20.0, 940.0), canvas.number(50.0, 130.0));
        let colour = if canvas.number(0.0, 1.0) < 0.5 {
            palette.accent
        } else {
            palette.sun
        };
        for lean in [-0.5, -0.15, 0.2, 0.55] {
            canvas.line((x, 500.0), (x + lean * tall, 500.0 - tall), 11.0, colour);
            canvas.circle(x + lean * tall, 500.0 - tall, 9.0, colour);
        }
    }
    for _ in 0..8 {
        let (x, y) = (canvas.number(60.0, 900.0), canvas.number(200.0, 380.0));
        canvas.ellipse(x, y, 26.0, 11.0, palette.light);
        canvas.polygon(
            &[(x + 20.0, y), (x + 42.0, y - 12.0), (x + 42.0, y + 12.0)],
            palette.light,
        );
    }
}

fn stars(canvas: &mut Canvas, palette: &Palette, count: u8) {
    for _ in 0..count {
        let (x, y) = (canvas.number(0.0, WIDTH), canvas.number(0.0, 420.0));
        let radius = canvas.number(1.2, 3.0);
        canvas.circle(x, y, radius, palette.light);
    }
}

fn space(canvas: &mut Canvas, palette: &Palette) {
    stars(canvas, palette, 110);
    let x = canvas.number(180.0, 780.0);
    canvas.circle(x, 640.0, 420.0, 0x3f6f86);
    canvas.circle(x - 60.0, 700.0, 420.0, 0x2f586d);
    let moon = canvas.number(120.0, 840.0);
    canvas.circle(moon, 120.0, 56.0, palette.light);
    canvas.circle(moon + 16.0, 108.0, 10.0, 0xcfc8b6);
    canvas.circle(moon - 18.0, 138.0, 14.0, 0xcfc8b6);
    let (sx, sy) = (canvas.number(240.0, 720.0), canvas.number(190.0, 260.0));
    canvas.rect(sx - 22.0, sy - 16.0, 44.0, 32.0, palette.accent);
    for side in [-1.0_f32, 1.0] {
        let left = if side < 0.0 { sx - 122.0 } else { sx + 30.0 };
        canvas.rect(left, sy - 12.0, 92.0, 24.0, 0x6f93b0);
        canvas.line((sx, sy), (sx + side * 34.0, sy), 4.0, palette.light);
    }
}
