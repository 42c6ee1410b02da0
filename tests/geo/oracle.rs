//! A slow second opinion: reads the layer by itself, tries every edge, and
//! knows the ellipsoid by Vincenty's formulae. Shares no code with the room.

use serde_json::Value;
use std::collections::BTreeMap;

type At = [f64; 2];

/// Every edge of every area, by id.
pub struct Oracle(pub BTreeMap<String, Vec<[At; 2]>>);

impl Oracle {
    pub fn read(text: &str) -> Self {
        let file: Value = serde_json::from_str(text).expect("JSON");
        let number = |value: &Value| value.as_f64().expect("a number");
        let pair = |value: &Value| [number(&value[0]), number(&value[1])];
        let (scale, shift) = (pair(&file["transform"]["scale"]), pair(&file["transform"]["translate"]));
        let list = |value: &Value| value.as_array().expect("a list").clone();
        let arcs: Vec<Vec<At>> = list(&file["arcs"])
            .iter()
            .map(|arc| {
                let mut sum = [0.0, 0.0];
                list(arc)
                    .iter()
                    .map(|step| {
                        let step = pair(step);
                        sum = [sum[0] + step[0], sum[1] + step[1]];
                        [
                            (sum[0] * scale[0] + shift[0]).clamp(-180.0, 180.0),
                            (sum[1] * scale[1] + shift[1]).clamp(-90.0, 90.0),
                        ]
                    })
                    .collect()
            })
            .collect();
        let mut areas: BTreeMap<String, Vec<[At; 2]>> = BTreeMap::new();
        for geometry in list(&file["objects"]["areas"]["geometries"]) {
            let edges = areas.entry(geometry["id"].as_str().expect("an id").to_owned()).or_default();
            for ring in list(&geometry["arcs"]).iter().flat_map(&list) {
                for index in list(&ring) {
                    let index = index.as_i64().expect("an index");
                    let index = if index < 0 { -1 - index } else { index };
                    let arc = &arcs[usize::try_from(index).expect("small")];
                    edges.extend(arc.windows(2).map(|two| [two[0], two[1]]));
                }
            }
        }
        Self(areas)
    }

    /// Areas within `radius` metres and their distances, 0 inside.
    pub fn near(&self, at: At, radius: f64) -> BTreeMap<&str, f64> {
        let mut near = BTreeMap::new();
        for (id, edges) in &self.0 {
            if inside(edges, at) {
                near.insert(id.as_str(), 0.0);
                continue;
            }
            let mut best = radius;
            let mut found = false;
            for edge in edges {
                if let Some(distance) = to_edge(at, *edge, best) {
                    best = distance;
                    found = true;
                }
            }
            if found {
                near.insert(id.as_str(), best);
            }
        }
        near
    }
}

/// A ray to the north: edges crossed above the position, odd means inside.
fn inside(edges: &[[At; 2]], at: At) -> bool {
    let mut crossings = 0;
    for [a, b] in edges {
        let (west, east) = if a[0] < b[0] { (a, b) } else { (b, a) };
        if west[0] <= at[0] && at[0] < east[0] {
            let lat = west[1] + (at[0] - west[0]) / (east[0] - west[0]) * (east[1] - west[1]);
            crossings += u32::from(lat > at[1]);
        }
    }
    crossings % 2 == 1
}

/// Distance to an edge if it is at most `best`: pieces of a quarter degree,
/// each searched for its minimum.
fn to_edge(at: At, [a, b]: [At; 2], best: f64) -> Option<f64> {
    let reach = (best + 100.0) / 110_000.0;
    if a[1].min(b[1]) - reach > at[1] || a[1].max(b[1]) + reach < at[1] {
        return None;
    }
    let long = (b[0] - a[0]).abs().max((b[1] - a[1]).abs());
    let pieces = (long / 0.25).ceil().max(1.0);
    let on = |share: f64| [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
    let mut nearest = None;
    let mut piece = 0.0;
    while piece < pieces {
        let (mut low, mut high) = (piece / pieces, (piece + 1.0) / pieces);
        let span = rough(on(low), on(high));
        let bound = nearest.unwrap_or(best);
        if rough(at, on(low)).min(rough(at, on(high))) - span <= bound * 1.01 + 100.0 {
            for _ in 0..60 {
                let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
                if vincenty(at, on(left)) < vincenty(at, on(right)) { high = right } else { low = left }
            }
            let distance = vincenty(at, on(f64::midpoint(low, high)));
            if distance <= bound {
                nearest = Some(distance);
            }
        }
        piece += 1.0;
    }
    nearest
}

/// Great-circle distance on a sphere, half a percent wrong at most.
fn rough(a: At, b: At) -> f64 {
    let (dlat, dlon) = ((b[1] - a[1]).to_radians(), (b[0] - a[0]).to_radians());
    let h = (dlat / 2.0).sin().powi(2)
        + a[1].to_radians().cos() * b[1].to_radians().cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6_371_000.0 * h.sqrt().min(1.0).asin()
}

/// Vincenty's inverse formula on WGS 84 (Survey Review 1975, XXIII 176).
pub fn vincenty(from: At, to: At) -> f64 {
    let (major, flat) = (6_378_137.0, 1.0 / 298.257_223_563);
    let minor = major * (1.0 - flat);
    let reduced = |lat: f64| ((1.0 - flat) * lat.to_radians().sin()).atan2(lat.to_radians().cos());
    let ((sin1, cos1), (sin2, cos2)) = (reduced(from[1]).sin_cos(), reduced(to[1]).sin_cos());
    let apart = (to[0] - from[0]).to_radians();
    let mut lambda = apart;
    for _ in 0..50 {
        let (sin_l, cos_l) = lambda.sin_cos();
        let sin_s = (cos2 * sin_l).hypot(cos1 * sin2 - sin1 * cos2 * cos_l);
        if sin_s <= 0.0 {
            return 0.0;
        }
        let cos_s = sin1 * sin2 + cos1 * cos2 * cos_l;
        let sigma = sin_s.atan2(cos_s);
        let sin_a = cos1 * cos2 * sin_l / sin_s;
        let cos2_a = 1.0 - sin_a * sin_a;
        let middle = if cos2_a > 1e-15 { cos_s - 2.0 * sin1 * sin2 / cos2_a } else { 0.0 };
        let c = flat / 16.0 * cos2_a * (4.0 + flat * (4.0 - 3.0 * cos2_a));
        let before = lambda;
        let twice = 2.0 * middle * middle - 1.0;
        lambda = apart + (1.0 - c) * flat * sin_a * (sigma + c * sin_s * (middle + c * cos_s * twice));
        if (lambda - before).abs() < 1e-13 {
            let u2 = cos2_a * (major * major - minor * minor) / (minor * minor);
            let a = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)));
            let b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)));
            let third = b / 6.0 * middle * (4.0 * sin_s * sin_s - 3.0) * (4.0 * middle * middle - 3.0);
            let delta = b * sin_s * (middle + b / 4.0 * (cos_s * twice - third));
            return minor * a * (sigma - delta);
        }
    }
    rough(from, to)
}
