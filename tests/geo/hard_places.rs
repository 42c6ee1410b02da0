//! Places where maps go wrong: poles, ±180°, enclaves, exclaves, small
//! islands, lakes, the open sea. What is said of them is known of the earth,
//! not computed.

use super::{ATLAS, all_told, at, question, set, within};
use outcross::domain::place::Geometry;

/// A place, how far to look, whom that must tell and whom it must not.
pub struct Hard {
    pub name: &'static str,
    pub lat: f64,
    pub lon: f64,
    reach_km: f64,
    told: &'static [&'static str],
    not_told: &'static [&'static str],
}

const fn hard(
    name: &'static str,
    lat: f64,
    lon: f64,
    reach_km: f64,
    told: &'static [&'static str],
    not_told: &'static [&'static str],
) -> Hard {
    Hard { name, lat, lon, reach_km, told, not_told }
}

pub const PLACES: [Hard; 68] = [
    // Poles and ±180°.
    hard("the North Pole", 90.0, 0.0, 750.0, &["DK"], &["RU", "NO", "US", "CA"]),
    hard("the North Pole, by another longitude", 90.0, -137.0, 800.0, &["DK", "CA"], &["RU", "NO", "US"]),
    hard("the South Pole", -90.0, 0.0, 1.0, &["AR", "AU", "CL", "FR", "GB", "NZ", "NO"], &["CH"]),
    hard("the South Pole, at ±180°", -90.0, 180.0, 1.0, &["AR", "AU", "CL", "FR", "GB", "NZ", "NO"], &["CH"]),
    hard("near the South Pole", -89.99, 179.999, 1.0, &["NZ"], &["MX"]),
    hard("the Ross Ice Shelf at 180°", -80.0, 180.0, 1.0, &["NZ"], &[]),
    hard("the Ross Ice Shelf at −180°", -80.0, -180.0, 1.0, &["NZ"], &[]),
    hard("Chukotka on 180°", 67.5, 180.0, 5.0, &["RU"], &["US"]),
    hard("Chukotka on −180°", 67.5, -180.0, 5.0, &["RU"], &["US"]),
    hard("Chukotka just east of it", 67.5, -179.9999, 5.0, &["RU"], &["US"]),
    hard("Wrangel Island on 180°", 71.2, 180.0, 5.0, &["RU"], &["US"]),
    hard("Wrangel Island, eastern half", 71.2, -179.0, 5.0, &["RU"], &["US"]),
    hard("Taveuni on 180°", -16.8, 180.0, 5.0, &["FJ"], &["TO"]),
    hard("Taveuni on −180°", -16.8, -180.0, 5.0, &["FJ"], &["TO"]),
    hard("Taveuni, west of it", -16.8, 179.9, 5.0, &["FJ"], &["TO"]),
    hard("Taveuni, east of it", -16.8, -179.99, 5.0, &["FJ"], &["TO"]),
    hard("Big Diomede", 65.78, -169.06, 10.0, &["RU", "US"], &["CA"]),
    // Enclaves and exclaves.
    hard("Lesotho", -29.6, 28.2, 1.0, &["LS"], &["ZA"]),
    hard("Maseru, on the border", -29.31, 27.48, 5.0, &["LS", "ZA"], &["SZ"]),
    hard("the Vatican", 41.903, 12.453, 1.0, &["IT", "VA"], &["SM"]),
    hard("San Marino", 43.94, 12.45, 8.0, &["SM", "IT"], &["VA"]),
    hard("Baarle", 51.443, 4.93, 1.0, &["BE", "NL"], &["DE", "LU"]),
    hard("Point Roberts", 48.985, -123.06, 3.0, &["US", "CA"], &["MX"]),
    hard("Llívia", 42.464, 1.98, 3.0, &["ES", "FR"], &["PT"]),
    hard("Ceuta", 35.89, -5.31, 3.0, &["ES", "MA"], &["DZ", "PT"]),
    hard("Melilla", 35.29, -2.94, 4.0, &["ES", "MA"], &["DZ", "PT"]),
    hard("Gibraltar", 36.14, -5.35, 3.0, &["GB", "ES"], &["MA", "PT"]),
    hard("Kaliningrad", 54.7, 20.5, 1.0, &["RU"], &["PL", "LT"]),
    hard("Kaliningrad, farther", 54.7, 20.5, 110.0, &["RU", "PL", "LT"], &["BY", "LV", "DE"]),
    hard("Cabinda", -5.55, 12.2, 1.0, &["AO"], &["CD", "CG"]),
    hard("Cabinda, farther", -5.55, 12.2, 90.0, &["AO", "CD", "CG"], &["GA", "CM"]),
    hard("Nakhchivan", 39.21, 45.41, 10.0, &["AZ", "IR"], &["GE"]),
    hard("Oecusse", -9.35, 124.3, 1.0, &["TL"], &["AU"]),
    hard("Oecusse, farther", -9.35, 124.3, 40.0, &["TL", "ID"], &["AU"]),
    hard("Nahwa, in Madha, in the Emirates", 25.285, 56.28, 10.0, &["AE", "OM"], &["IR", "QA", "SA"]),
    hard("Musandam", 26.0, 56.25, 1.0, &["OM"], &["IR"]),
    hard("Büsingen", 47.697, 8.69, 1.0, &["DE", "CH"], &["AT", "FR", "LI"]),
    hard("Campione", 45.97, 8.97, 1.0, &["IT", "CH"], &["FR", "AT"]),
    hard("Brunei, Temburong", 4.65, 115.15, 20.0, &["BN", "MY"], &["ID"]),
    hard("Dadra, the Cooch Behar strip", 26.3, 89.0, 60.0, &["IN", "BD"], &["CN", "MM"]),
    // Small islands.
    hard("Tuvalu, Funafuti", -8.52, 179.2, 5.0, &["TV"], &["FJ", "KI"]),
    hard("Pitcairn", -25.07, -130.1, 5.0, &["GB"], &["FR", "CL"]),
    hard("Diego Garcia", -7.31, 72.41, 5.0, &["GB", "MU", "US"], &["MV"]),
    hard("Bouvet", -54.42, 3.35, 5.0, &["NO"], &["ZA", "AR"]),
    hard("Nauru", -0.53, 166.93, 5.0, &["NR"], &["KI"]),
    hard("Kiribati, Tarawa", 1.36, 173.15, 10.0, &["KI"], &["NR", "MH"]),
    hard("Kiribati, Kanton", -2.8, -171.7, 10.0, &["KI"], &["US", "TV"]),
    hard("Kiribati, Kiritimati", 1.87, -157.4, 10.0, &["KI"], &["US", "FR"]),
    hard("Svalbard", 78.22, 15.65, 5.0, &["NO"], &["RU", "DK"]),
    hard("Saint Pierre", 46.78, -56.18, 5.0, &["FR"], &["US"]),
    hard("Saint Pierre, farther", 46.78, -56.18, 30.0, &["FR", "CA"], &["US"]),
    hard("French Guiana", 4.0, -53.0, 1.0, &["FR"], &["VE"]),
    hard("Easter Island", -27.12, -109.35, 5.0, &["CL"], &["FR", "GB"]),
    hard("Tristan da Cunha", -37.1, -12.28, 5.0, &["GB"], &["ZA", "NO"]),
    hard("Rockall", 57.596, -13.687, 5.0, &["GB", "IE", "DK", "IS"], &["NO"]),
    hard("Nauru, out to Banaba", -0.53, 166.93, 310.0, &["NR", "KI"], &["SB"]),
    hard("Sint Maarten", 18.05, -63.07, 3.0, &["NL", "FR"], &["GB"]),
    hard("Malta", 35.9, 14.45, 5.0, &["MT"], &["IT", "TN", "LY"]),
    // Seas and lakes; at sea the coasts within 200 nautical miles are told, too.
    hard("the middle of the Pacific", 0.0, -140.0, 5.0, &[], &["FR", "KI", "US", "GB"]),
    hard("Point Nemo", -48.877, -123.393, 100.0, &[], &["CL", "GB", "NZ", "FR"]),
    hard("the Caspian Sea", 40.0, 51.0, 5.0, &["AZ", "KZ", "RU", "TM", "IR"], &["GE", "AM", "UZ"]),
    hard("the Great Lakes: Huron", 44.9, -82.45, 30.0, &["US", "CA"], &["MX"]),
    hard("the Aral Sea", 45.0, 60.0, 60.0, &["UZ", "KZ"], &["RU", "KG"]),
    hard("the Dead Sea", 31.5, 35.48, 10.0, &["IL", "JO", "PS"], &["EG", "SA"]),
    hard("Lake Constance", 47.6, 9.4, 5.0, &["AT", "CH", "DE"], &["FR"]),
    hard("Lake Victoria", -1.0, 33.5, 60.0, &["KE", "UG", "TZ"], &["CD", "SS"]),
    hard("Lake Titicaca", -16.0, -69.2, 40.0, &["BO", "PE"], &["CL", "BR"]),
    hard("the Gulf of Finland", 60.03, 27.5, 60.0, &["FI", "RU", "EE"], &["NO"]),
];

#[test]
fn hard_places_tell_whom_they_must_and_nobody_they_must_not() {
    let mut wrong = Vec::new();
    for place in PLACES {
        let mut asked = question(Geometry::Point(at(place.lat, place.lon)));
        asked.pathways = vec![within(place.reach_km * 1000.0)];
        let told = all_told(&ATLAS.assess(&asked));
        let (must, must_not) = (set(place.told), set(place.not_told));
        let missing: Vec<&String> = must.difference(&told).collect();
        let wrongly: Vec<&String> = must_not.intersection(&told).collect();
        if !missing.is_empty() || !wrongly.is_empty() {
            wrong.push(format!("{}: {missing:?} not told, {wrongly:?} told", place.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn both_names_of_the_date_line_and_every_name_of_a_pole_mean_one_place() {
    let told = |lat: f64, lon: f64| {
        let mut asked = question(Geometry::Point(at(lat, lon)));
        asked.pathways = vec![within(600_000.0)];
        let answer = ATLAS.assess(&asked);
        let far = |iso2: &str, distance_m: Option<_>| (iso2.to_owned(), distance_m);
        let mut told: Vec<_> = answer
            .origin
            .iter()
            .chain(&answer.states)
            .map(|finding| far(finding.iso2.as_str(), finding.distance_m))
            .collect();
        told.sort_by(|a, b| a.0.cmp(&b.0));
        told
    };
    for lat in [-85.0, -80.0, -60.0, -16.8, -16.5, 0.0, 52.0, 65.0, 67.5, 71.2, 75.0] {
        assert_eq!(told(lat, 180.0), told(lat, -180.0), "latitude {lat}");
    }
    for lon in [-180.0, -90.0, 45.0, 120.0, 180.0] {
        assert_eq!(told(90.0, lon), told(90.0, 0.0), "the North Pole at {lon}");
        assert_eq!(told(-90.0, lon), told(-90.0, 0.0), "the South Pole at {lon}");
    }
}
