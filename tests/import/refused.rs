//! Layers that are refused, and with which words.

use crate::files::{collection, named, polygon, read, refusal, square};
use outcross::domain::layer::LayerKind;

fn one() -> String {
    collection(&[(&named("One"), &polygon(&square(0.0, 0.0, 1.0)))])
}

#[test]
fn what_is_no_layer_is_named() {
    for (bytes, words) in [
        (&b""[..], "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"\x00\x00\x27\x0a\x00", "is a .shp alone, without the .dbf with its names and the .prj"),
        (b"<kml/>", "is XML, such as KML or GML: send GeoJSON, TopoJSON, or a zip"),
        (b"\x1f\x8b\x08", "is compressed with gzip; unpack it first"),
        (b"\xff\xfe{\x00", "is text in UTF-16; save it as UTF-8"),
        (b"SQLite format 3\x00", "is a GeoPackage or another SQLite database"),
        (b"lat,lon\n1,2", "is in no format that is read"),
        (b"{}", "it has no “type”"),
        (b"{\"type\":\"FeatureCollection\"}", "a FeatureCollection without “features”"),
        (b"{\"type\":\"Fence\"}", "its type is “Fence”, which GeoJSON does not have"),
        (
            b"{\"type\":\"FeatureCollection\",\"features\":[]}",
            "no feature of the layer can be used: it has no features",
        ),
        (b"[1,2]", "line 1, column"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[3]}", "expected feature 1 to be an object"),
    ] {
        let error = read(LayerKind::Other, "layer.x", bytes).expect_err("no layer").to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_truncated_file_is_called_so() {
    let text = collection(&[
        (&named("One"), &polygon(&square(0.0, 0.0, 1.0))),
        (&named("Two"), &polygon(&square(5.0, 0.0, 1.0))),
    ]);
    let error = refusal(LayerKind::Other, &text[..text.len() - 30]);
    assert!(error.contains("truncated: it ends in the middle of feature 2; send it again whole"), "{error}");
}

#[test]
fn nan_is_named_with_feature_and_place() {
    let text = one().replace("[[[0.0,0.0],", "[[[NaN,0.0],");
    let error = refusal(LayerKind::Other, &text);
    assert!(
        error.contains("line 1, column")
            && error.contains("feature 1 has a coordinate or value that is not a number (NaN)"),
        "{error}"
    );
}

#[test]
fn another_coordinate_system_is_named_with_the_way_out() {
    let metres = collection(&[(&named("Bern"), &polygon(&square(2_600_000.0, 1_200_000.0, 100.0)))]);
    let old = one().replacen(
        '{',
        r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2056"}},"#,
        1,
    );
    for (text, words) in
        [(metres, "[2600000, 1200000] are metres of a map projection"), (old, "urn:ogc:def:crs:EPSG::2056")]
    {
        let error = refusal(LayerKind::Other, &text);
        assert!(error.contains(words) && error.contains("ogr2ogr -t_srs EPSG:4326"), "{error}");
    }
    let fine = one().replacen(
        '{',
        r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#,
        1,
    );
    assert!(read(LayerKind::Other, "x", fine.as_bytes()).is_ok());
}

#[test]
fn swapped_coordinates_are_noticed() {
    let swapped = collection(&[
        (&named("Japan"), &polygon(&square(35.0, 135.0, 1.0))),
        (&named("Kenya"), &polygon(&square(1.0, 37.0, 1.0))),
        (&named("Korea"), &polygon(&square(36.0, 127.0, 1.0))),
    ]);
    let error = refusal(LayerKind::Other, &swapped);
    assert!(
        error.contains(
            "coordinates seem swapped: 2 features have a latitude beyond 90, such as 135 with longitude 35"
        ) && error.contains("[135, 35]"),
        "{error}"
    );
}

#[test]
fn one_bad_feature_does_not_condemn_the_others() {
    let text = collection(&[
        (&named("Good"), &polygon(&square(100.0, 0.0, 1.0))),
        (&named("Good too"), &polygon(&square(110.0, 0.0, 1.0))),
        (&named("Typo"), &polygon(&square(10.0, 94.0, 1.0))),
    ]);
    let layer = read(LayerKind::Other, "x", text.as_bytes()).expect("two of three");
    assert_eq!(layer.kept, 2);
    assert_eq!(
        layer.dropped[0].to_string(),
        "feature 3 (Typo) has a position off the earth: longitude 10, latitude 94"
    );
}

#[test]
fn nothing_usable_is_refused_with_the_first_reason() {
    let text = collection(&[
        (&named("Post"), r#"{"type":"Point","coordinates":[1,2]}"#),
        (&named("Road"), r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#),
    ]);
    let error = refusal(LayerKind::ProtectedAreas, &text);
    assert_eq!(
        error,
        "no feature of the layer can be used: feature 1 (Post) is a point, not an area, and so on for 2 features"
    );
}

#[test]
fn hotspots_without_names_are_refused_with_the_properties_looked_for() {
    let text = collection(&[("{}", &polygon(&square(0.0, 0.0, 1.0)))]);
    let error = refusal(LayerKind::Hotspots, &text);
    assert!(error.starts_with("feature 1 has no name") && error.contains("NAME"), "{error}");
}

#[test]
fn ten_million_vertices_are_refused_before_they_are_held() {
    let mut text = String::from(r#"{"type":"Polygon","coordinates":[["#);
    for _ in 0..5_000_001 {
        text.push_str("[1,1],");
    }
    text.push_str("[1,1]]]}");
    let error = refusal(LayerKind::Other, &text);
    assert!(error.contains("more than 5000000 vertices") && error.contains("simplify"), "{error}");
}
