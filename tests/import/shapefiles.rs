//! Shapefiles in zips, made here.

use crate::files::{ATLAS, assess, dropped, problems, read, square};
use outcross::domain::{assessment::Ring, layer::LayerKind};
use shapefile::{
    Point, Polygon, PolygonRing, ShapeWriter,
    dbase::{FieldName, FieldValue, Record, TableWriterBuilder},
};
use std::{
    io::{Cursor, Write as _},
    sync::Arc,
};
use zip::{ZipWriter, write::SimpleFileOptions};

const WGS84: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

/// The published names of the 36.
const NAMES: [&str; 36] = [
    "Atlantic Forest",
    "California Floristic Province",
    "Cape Floristic Region",
    "Caribbean Islands",
    "Caucasus",
    "Cerrado",
    "Chilean Winter Rainfall and Valdivian Forests",
    "Coastal Forests of Eastern Africa",
    "East Melanesian Islands",
    "Eastern Afromontane",
    "Forests of East Australia",
    "Guinean Forests of West Africa",
    "Himalaya",
    "Horn of Africa",
    "Indo-Burma",
    "Irano-Anatolian",
    "Japan",
    "Madagascar and the Indian Ocean Islands",
    "Madrean Pine-Oak Woodlands",
    "Maputaland-Pondoland-Albany",
    "Mediterranean Basin",
    "Mesoamerica",
    "Mountains of Central Asia",
    "Mountains of Southwest China",
    "New Caledonia",
    "New Zealand",
    "North American Coastal Plain",
    "Philippines",
    "Polynesia-Micronesia",
    "Southwest Australia",
    "Succulent Karoo",
    "Sundaland",
    "Tropical Andes",
    "Tumbes-Choco-Magdalena",
    "Wallacea",
    "Western Ghats and Sri Lanka",
];

/// Name, type, rings: the outer one, then holes.
pub type Row<'a> = (&'a str, &'a str, Vec<Vec<[f64; 2]>>);

/// The `.shp` and `.dbf` of polygons with `NAME` and `Type`.
pub fn shapefile(features: &[Row<'_>]) -> (Vec<u8>, Vec<u8>) {
    let (mut shp, mut dbf) = (Cursor::new(Vec::new()), Cursor::new(Vec::new()));
    {
        let mut shapes = ShapeWriter::new(&mut shp);
        let field = |name| FieldName::try_from(name).expect("a short name");
        let mut table = TableWriterBuilder::new()
            .add_character_field(field("NAME"), 60)
            .add_character_field(field("Type"), 20)
            .build_with_dest(&mut dbf);
        for (name, kind, rings) in features {
            let ring = |(index, ring): (usize, &Vec<[f64; 2]>)| {
                let points: Vec<Point> = ring.iter().map(|at| Point::new(at[0], at[1])).collect();
                if index == 0 { PolygonRing::Outer(points) } else { PolygonRing::Inner(points) }
            };
            let polygon = Polygon::with_rings(rings.iter().enumerate().map(ring).collect());
            shapes.write_shape(&polygon).expect("written");
            let mut record = Record::default();
            for (field, text) in [("NAME", name), ("Type", kind)] {
                record.insert(field.to_owned(), FieldValue::Character(Some((*text).to_owned())));
            }
            table.write_record(&record).expect("written");
        }
        shapes.finalize().expect("written");
        table.finalize().expect("written");
    }
    (shp.into_inner(), dbf.into_inner())
}

pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("started");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

/// 36 areas and 17 outer limits, as the published layer has them.
fn hotspots(rename: impl Fn(&str) -> String) -> Vec<u8> {
    let names: Vec<String> = NAMES.iter().map(|name| rename(name)).collect();
    let mut features: Vec<Row<'_>> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let west = f64::from(u32::try_from(n).expect("few")) * 9.0 - 170.0;
        features.push((name, "hotspot area", vec![square(west, 10.0, 4.0), square(west + 1.0, 11.0, 1.0)]));
        if n < 17 {
            features.push((name, "outer limit", vec![square(west - 1.0, 9.0, 6.0)]));
        }
    }
    let (shp, dbf) = shapefile(&features);
    zipped(&[
        ("hotspots_2016_1/hotspots_2016_1.shp", &shp),
        ("hotspots_2016_1/hotspots_2016_1.dbf", &dbf),
        ("hotspots_2016_1/hotspots_2016_1.prj", WGS84.as_bytes()),
        ("hotspots_2016_1/hotspots_2016_1.shp.xml", b"<metadata/>"),
        ("hotspots_2016_1/README.txt", b"CC BY-SA 4.0"),
    ])
}

fn refused(kind: LayerKind, bytes: &[u8]) -> String {
    read(kind, "layer.zip", bytes).expect_err("refused").to_string()
}

#[test]
fn the_published_hotspots_replace_the_built_in_ones() {
    let layer = read(LayerKind::Hotspots, "hotspots_2016_1.zip", &hotspots(str::to_owned)).expect("a layer");
    assert_eq!((layer.kept, layer.dropped.len()), (36, 17));
    assert_eq!(
        dropped(&layer)[0],
        "feature 2 (Atlantic Forest) is an outer limit, drawn for maps, not part of the hotspot"
    );
    assert_eq!((problems(&layer), layer.known), (vec![], None), "made here, so the checksum is another");
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    let codes: Vec<&str> = atlas.hotspots().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ATLAS.hotspots().map(|row| row.code.as_str()).collect::<Vec<_>>());
    let cerrado = atlas.hotspots().find(|row| row.code == "cerrado").expect("the Cerrado");
    assert_eq!((cerrado.name.get("ru"), cerrado.expected_error_m), ("Серрадо", 10.0));
    // The sixth begins at 125° west.
    let found = assess(&atlas, 13.5, -122.0, 1.0).hotspots;
    assert_eq!((found.len(), &*found[0].code, found[0].ring), (1, "cerrado", Ring::Touched));
    assert!(!found[0].approximate && (found[0].accuracy_m.get() - 10.0).abs() < 1e-9);
    assert!(assess(&atlas, 11.5, -123.5, 1.0).hotspots.is_empty(), "the hole");
    assert!(assess(&atlas, 9.5, -122.0, 1.0).hotspots.is_empty(), "within the outer limit alone");
    assert!(assess(&atlas, -15.8, -47.9, 1.0).hotspots.is_empty(), "the built-in Cerrado is gone");
    let version = atlas.data().iter().filter(|data| data.layer == "hotspots").collect::<Vec<_>>();
    assert_eq!((version.len(), &*version[0].version), (1, "1"));
}

#[test]
fn names_are_matched_across_spellings_and_strangers_are_named() {
    let rename = |name: &str| match name {
        "Tumbes-Choco-Magdalena" => "TUMBES–CHOCÓ–MAGDALENA".to_owned(),
        "Himalaya" => "Eastern Himalaya".to_owned(),
        "Western Ghats and Sri Lanka" => "Western Ghats & Sri Lanka".to_owned(),
        "Japan" => "Nippon".to_owned(),
        name => name.to_owned(),
    };
    let layer = read(LayerKind::Hotspots, "layer.zip", &hotspots(rename)).expect("a layer");
    assert_eq!(
        problems(&layer),
        [
            "feature 33 (Nippon): is not the name of one of the 36 hotspots; it is used under its own name",
            "Japan: is one of the 36 hotspots, and the layer has no feature of that name",
        ]
    );
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    for code in ["tumbes_choco_magdalena", "himalaya", "western_ghats_and_sri_lanka", "nippon"] {
        assert!(atlas.hotspots().any(|row| row.code == code), "{code}");
    }
}

#[test]
fn the_table_of_hotspots_has_the_published_names() {
    let built_in: Vec<&str> = ATLAS.hotspots().map(|row| row.name.get("en")).collect();
    let mut names = NAMES.to_vec();
    names.sort_unstable();
    let mut sorted = built_in.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, names);
}

#[test]
fn features_of_one_name_are_one_hotspot() {
    let (shp, dbf) = shapefile(&[
        ("New Zealand", "hotspot area", vec![square(176.0, -40.0, 4.0)]),
        ("New Zealand", "hotspot area", vec![square(-180.0, -40.0, 3.0)]),
        ("New Zealand", "hotspot area", vec![square(177.0, -39.0, 2.0)]),
    ]);
    let bytes = zipped(&[("a.SHP", &shp), ("a.DBF", &dbf)]);
    let layer = read(LayerKind::Hotspots, "a.zip", &bytes).expect("a layer");
    assert_eq!(layer.kept, 3);
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    assert_eq!(atlas.hotspots().count(), 1);
    for lon in [178.0, 179.5, -179.0] {
        let found = assess(&atlas, -38.5, lon, 50_000.0).hotspots;
        assert_eq!((found.len(), found[0].distance_m.get()), (1, 0.0), "{lon}");
    }
}

#[test]
fn a_truncated_shapefile_is_called_so() {
    let (shp, dbf) =
        shapefile(&[("One", "x", vec![square(0.0, 0.0, 1.0)]), ("Two", "x", vec![square(5.0, 0.0, 1.0)])]);
    let error = refused(LayerKind::Other, &zipped(&[("a.shp", &shp[..shp.len() - 20]), ("a.dbf", &dbf)]));
    assert_eq!(
        error,
        "the file is truncated: it ends in the middle of feature 2 of the .shp; send it again whole"
    );
    let error = refused(LayerKind::Other, &zipped(&[("a.shp", &shp), ("a.dbf", &dbf[..dbf.len() - 40])]));
    assert!(error.contains("the .dbf, at row 2 of 2"), "{error}");
    let error = refused(LayerKind::Other, &zipped(&[("a.shp", &shp[..60]), ("a.dbf", &dbf)]));
    assert!(error.contains("truncated"), "{error}");
    let whole = zipped(&[("a.shp", &shp), ("a.dbf", &dbf)]);
    for cut in [4, 30, whole.len() / 2, whole.len() - 10] {
        let error = refused(LayerKind::Other, &whole[..cut]);
        assert!(error.contains("truncated or damaged") && error.contains("send it again whole"), "{error}");
    }
    let (_, other) = shapefile(&[("One", "x", vec![square(0.0, 0.0, 1.0)])]);
    let error = refused(LayerKind::Other, &zipped(&[("a.shp", &shp), ("a.dbf", &other)]));
    assert!(
        error.contains("the .shp has 2 shapes and the .dbf 1 rows; they do not belong together"),
        "{error}"
    );
}

#[test]
fn another_coordinate_system_is_named_with_the_way_out() {
    let (shp, dbf) = shapefile(&[("One", "x", vec![square(500_000.0, 5_200_000.0, 100.0)])]);
    let utm =
        r#"PROJCS["WGS_1984_UTM_Zone_32N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]],UNIT["Meter",1.0]]"#;
    let error =
        refused(LayerKind::Other, &zipped(&[("a.shp", &shp), ("a.dbf", &dbf), ("a.prj", utm.as_bytes())]));
    assert!(
        error.contains("(WGS_1984_UTM_Zone_32N)") && error.contains("ogr2ogr -t_srs EPSG:4326"),
        "{error}"
    );
    let error = refused(LayerKind::Other, &zipped(&[("a.shp", &shp), ("a.dbf", &dbf)]));
    assert!(error.contains("[500000, 5200000] are metres of a map projection"), "{error}");
}

#[test]
fn a_zip_that_is_no_shapefile_says_what_it_holds() {
    let (shp, dbf) = shapefile(&[("One", "x", vec![square(0.0, 0.0, 1.0)])]);
    for (files, words) in [
        (
            vec![("a.geojson", &b"{}"[..])],
            "it holds no .shp; it holds “a.geojson”, which is not read from a zip",
        ),
        (vec![("a.txt", &b"hello"[..])], "it holds no .shp"),
        (vec![("a.shp", &shp)], "“a.dbf” is missing, in which a shapefile keeps the names"),
        (
            vec![("a.shp", &shp), ("a.dbf", &dbf), ("b.shp", &shp), ("b.dbf", &dbf)],
            "it holds several shapefiles (a.shp, b.shp); send them one by one",
        ),
        (vec![("a.shp", &b"nothing"[..]), ("a.dbf", &dbf)], "its .shp does not begin as one does"),
    ] {
        let error = refused(LayerKind::Other, &zipped(&files));
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_zip_bomb_stops_at_the_limit() {
    let (_, dbf) = shapefile(&[("One", "x", vec![square(0.0, 0.0, 1.0)])]);
    let bomb = zipped(&[("a.shp", &vec![0; 100_000_001]), ("a.dbf", &dbf)]);
    assert!(bomb.len() < 1_000_000, "packed small: {}", bomb.len());
    let error = refused(LayerKind::Other, &bomb);
    assert!(
        error.contains("“a.shp” in the zip, unpacked, has 100000001 bytes and at most 100000000 are read"),
        "{error}"
    );
}
