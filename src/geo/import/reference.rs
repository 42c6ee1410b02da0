//! In which coordinate system a layer is: only longitude and latitude on
//! WGS 84 are read.

/// Whether the name of a coordinate system in an old GeoJSON `crs` member is
/// one of those for longitude and latitude on WGS 84.
pub(super) fn is_wgs84_name(name: &str) -> bool {
    let plain: String = name.to_ascii_uppercase().split_whitespace().collect();
    let last = plain.rsplit([':', '/', '#']).next().unwrap_or_default();
    match last {
        "CRS84" | "CRS84H" | "WGS84" | "OGC84" => true,
        "4326" | "4979" => plain.contains("EPSG") || plain == last,
        _ => false,
    }
}

/// What a `.prj` names, if it is not longitude and latitude on WGS 84.
pub(super) fn other_system(prj: &str) -> Option<String> {
    let text = prj.trim().trim_start_matches('\u{feff}');
    if text.is_empty() {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    let quoted = || text.split('"').nth(1).filter(|name| !name.trim().is_empty());
    let geographic =
        upper.starts_with("GEOGCS") || upper.starts_with("GEOGCRS") || upper.starts_with("GEODCRS");
    let plain: String = upper.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    // ETRS89, NAD83 and the like differ by about a metre, but saying so is not
    // ours: the words of the file decide.
    let wgs84 =
        plain.contains("WGS84") || plain.contains("WGS1984") || plain.contains("WORLDGEODETICSYSTEM1984");
    let degrees = plain.contains("DEGREE");
    if geographic && wgs84 && degrees {
        return None;
    }
    if !geographic && is_wgs84_name(text) {
        return None;
    }
    Some(quoted().unwrap_or(&text[..text.floor_char_boundary(80)]).to_owned())
}

/// How numbers look that are not degrees.
pub(super) fn looks_projected(lon: f64, lat: f64) -> bool {
    lon.abs() > 1_000.0 || lat.abs() > 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_wgs_84_are_known() {
        for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "WGS 84"] {
            assert!(is_wgs84_name(name), "{name}");
        }
        for name in ["EPSG:3857", "urn:ogc:def:crs:EPSG::2056", "EPSG:14326", ""] {
            assert!(!is_wgs84_name(name), "{name}");
        }
    }

    #[test]
    fn a_projected_prj_is_named() {
        let lv95 = r#"PROJCS["CH1903+_LV95",GEOGCS["GCS_CH1903+",DATUM["D_CH1903+"]],UNIT["Meter",1.0]]"#;
        assert_eq!(other_system(lv95).as_deref(), Some("CH1903+_LV95"));
        let utm =
            r#"PROJCS["WGS_1984_UTM_Zone_32N",GEOGCS["GCS_WGS_1984",UNIT["Degree",0.0174532925199433]]]"#;
        assert_eq!(other_system(utm).as_deref(), Some("WGS_1984_UTM_Zone_32N"));
        let plain = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
        assert_eq!(other_system(plain), None);
        assert_eq!(other_system(""), None);
    }
}
