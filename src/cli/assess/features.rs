//! The answer as GeoJSON, to be opened on a map.

use crate::{
    domain::{
        assessment::{Assessment, Ring},
        place::{Geometry, Metres, Position},
        report::Report,
    },
    geo::{Atlas, circle},
};
use serde::Serialize;
use serde_json::{Value, json};

/// The place, the rings around a point, and a line to the nearest point of
/// every State and layer feature, drawn over one another in this order. The
/// members of each finding stand in `properties`, beside `kind`.
pub(super) fn collection(atlas: &Atlas, report: &Report, assessment: &Assessment) -> Value {
    let place = report.place.geometry.as_ref();
    let middle = match place {
        Some(Geometry::Point(at)) => Some(*at),
        _ => None,
    };
    let mut features = Vec::new();
    if let Some(at) = middle {
        features.extend(rings(at, assessment));
    }
    features.push(feature(
        place,
        "place",
        &PlaceNote { group: &assessment.group, horizon_m: assessment.horizon_m },
        None,
    ));
    let line = |distance: Option<Metres>, bearing: Option<f64>| match (middle, distance, bearing) {
        (Some(at), Some(distance), Some(bearing)) => Some(circle::path(at, bearing, distance)),
        // It lies in the place: that is where it is shown.
        (Some(at), Some(Metres::ZERO), None) => Some(Geometry::Point(at)),
        _ => None,
    };
    let name = |code| atlas.states().get(code).map(|row| row.name.get("en").to_owned());
    for (kind, findings) in [("origin", &assessment.origin), ("state", &assessment.states)] {
        for one in findings {
            let drawn = line(one.distance_m, one.bearing_deg);
            features.push(feature(drawn.as_ref(), kind, one, name(one.iso2)));
        }
    }
    for one in &assessment.excluded {
        let drawn = line(Some(one.distance_m), Some(one.bearing_deg));
        features.push(feature(drawn.as_ref(), "excluded", one, name(one.iso2)));
    }
    for (kind, findings) in [("hotspot", &assessment.hotspots), ("layer", &assessment.layers)] {
        for one in findings {
            features.push(feature(line(Some(one.distance_m), one.bearing_deg).as_ref(), kind, one, None));
        }
    }
    json!({ "type": "FeatureCollection", "features": features })
}

#[derive(Serialize)]
struct PlaceNote<'a> {
    group: &'a str,
    horizon_m: Metres,
}

/// What each pathway reaches around a point, widest first, so that the narrow
/// ones lie on top.
fn rings(at: Position, assessment: &Assessment) -> Vec<Value> {
    let mut rings: Vec<(f64, Value)> = Vec::new();
    for reach in &assessment.reaches {
        for (ring, far) in [(Ring::P50, reach.p50_m), (Ring::P95, reach.p95_m), (Ring::Max, reach.max_m)] {
            if far == Metres::ZERO {
                continue;
            }
            let note = json!({
                "ring": ring,
                "radius_m": far,
                "pathway": reach.pathway,
                "row": reach.row,
                "source": reach.source,
                "grade": reach.grade,
                "fill-opacity": 0.08,
                "stroke-width": 1,
            });
            rings.push((far.get(), feature(Some(&circle::disc(at, far)), "ring", &note, None)));
        }
    }
    rings.sort_by(|a, b| b.0.total_cmp(&a.0));
    rings.into_iter().map(|(_, ring)| ring).collect()
}

/// One feature; without a geometry where nothing says where to draw it.
fn feature(
    geometry: Option<&Geometry>,
    kind: &str,
    properties: &impl Serialize,
    name: Option<String>,
) -> Value {
    let mut properties = serde_json::to_value(properties).unwrap_or_default();
    properties["kind"] = json!(kind);
    if let Some(name) = name {
        properties["name"] = json!(name);
    }
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}
