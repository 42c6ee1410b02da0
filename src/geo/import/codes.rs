//! Codes and names in use for States and areas, beside those of the tables;
//! and codes given out.

use std::collections::BTreeMap;

/// Codes that name no State of the table but an area of the register: those
/// of ISO 3166 for territories, and Natural Earth's own.
pub(super) const AREAS: &[(&str, &str)] = &[
    ("AI AIA", "anguilla"),
    ("AQ ATA", "antarctica"),
    ("AS ASM", "american-samoa"),
    ("AW ABW", "aruba"),
    ("AX ALA ALD", "aland"),
    ("BL BLM", "saint-barthelemy"),
    ("BM BMU", "bermuda"),
    ("BQ BES NLY", "bonaire"),
    ("BV BVT NOB", "bouvet-island"),
    ("CC CCK", "cocos-keeling-islands"),
    ("CW CUW", "curacao"),
    ("CX CXR", "christmas-island"),
    ("EH ESH SAH", "western-sahara-east-of-berm"),
    ("FK FLK", "falkland-malvinas"),
    ("FO FRO", "faroe-islands"),
    ("GF GUF", "french-guiana"),
    ("GG GGY", "guernsey"),
    ("GI GIB", "gibraltar"),
    ("GL GRL", "greenland"),
    ("GP GLP", "guadeloupe"),
    ("GS SGS", "south-georgia-and-south-sandwich"),
    ("GU GUM", "guam"),
    ("HK HKG", "hong-kong"),
    ("HM HMD", "heard-and-mcdonald"),
    ("IM IMN", "isle-of-man"),
    ("IO IOT", "chagos"),
    ("JE JEY", "jersey"),
    ("KY CYM", "cayman-islands"),
    ("MF MAF", "saint-martin-french-part"),
    ("MO MAC", "macao"),
    ("MP MNP", "northern-mariana-islands"),
    ("MQ MTQ", "martinique"),
    ("MS MSR", "montserrat"),
    ("NC NCL", "new-caledonia"),
    ("NF NFK", "norfolk-island"),
    ("PF PYF", "french-polynesia"),
    ("PM SPM", "saint-pierre-and-miquelon"),
    ("PN PCN", "pitcairn"),
    ("PR PRI", "puerto-rico"),
    ("RE REU", "reunion"),
    ("SH SHN", "saint-helena-ascension-tristan"),
    ("SJ SJM NSV", "svalbard"),
    ("SX SXM", "sint-maarten"),
    ("TC TCA", "turks-and-caicos"),
    ("TF ATF", "french-southern-lands"),
    ("TK TKL", "tokelau"),
    ("TW TWN", "taiwan"),
    ("UM UMI", "us-minor-outlying-islands"),
    ("VG VGB", "british-virgin-islands"),
    ("VI VIR", "us-virgin-islands"),
    ("WF WLF", "wallis-and-futuna"),
    ("XK XKX XKO KOS", "kosovo"),
    ("YT MYT", "mayotte"),
    ("NJM", "jan-mayen"),
    ("SOL", "somaliland"),
    ("CYN", "northern-cyprus"),
    ("CNM", "cyprus-un-buffer-zone"),
    ("WSB", "akrotiri"),
    ("ESB", "dhekelia"),
    ("KAS", "siachen"),
    ("KAB", "baikonur"),
    ("USG", "guantanamo-bay"),
    ("SPI", "southern-patagonian-ice-field"),
    ("BRT", "bir-tawil"),
    ("PGA", "spratly-islands"),
    ("PFA", "paracel-islands"),
    ("SCR", "scarborough-reef"),
    ("SER", "serranilla"),
    ("BJN", "bajo-nuevo"),
    ("CLP", "clipperton"),
    ("CSI", "coral-sea-islands"),
    ("ATC", "ashmore-and-cartier"),
    ("GAZ", "gaza-strip"),
    ("WEB", "west-bank"),
];

/// Natural Earth's own codes for States of the table.
pub(super) const STATES_BY_NE: &[(&str, &str)] = &[("SDS", "SS"), ("PSX", "PS"), ("PN1", "PG")];

/// Other names of areas of the register.
pub(super) const AREA_NAMES: &[(&str, &str)] = &[
    ("Gaza", "gaza-strip"),
    ("Western Sahara", "western-sahara-east-of-berm"),
    ("Sahrawi Arab Democratic Republic", "western-sahara-east-of-berm"),
    ("Northern Cyprus", "northern-cyprus"),
    ("Falkland Islands", "falkland-malvinas"),
    ("Malvinas", "falkland-malvinas"),
    ("Svalbard Islands", "svalbard"),
    ("Akrotiri Sovereign Base Area", "akrotiri"),
    ("Dhekelia Sovereign Base Area", "dhekelia"),
];

/// Other names of States, with their code.
pub(super) const STATE_NAMES: &[(&str, &str)] = &[
    ("Bolivia", "BO"),
    ("Britain", "GB"),
    ("Brunei", "BN"),
    ("Burma", "MM"),
    ("Cape Verde", "CV"),
    ("Republic of Cabo Verde", "CV"),
    ("Czech Republic", "CZ"),
    ("Congo-Brazzaville", "CG"),
    ("Congo-Kinshasa", "CD"),
    ("Democratic Republic of Congo", "CD"),
    ("Dem. Rep. Congo", "CD"),
    ("DR Congo", "CD"),
    ("Republic of the Congo", "CG"),
    ("Dem. Rep. Korea", "KP"),
    ("East Timor", "TL"),
    ("Federated States of Micronesia", "FM"),
    ("Great Britain", "GB"),
    ("Holland", "NL"),
    ("Holy See", "VA"),
    ("Iran", "IR"),
    ("Ivory Coast", "CI"),
    ("Kingdom of eSwatini", "SZ"),
    ("Laos", "LA"),
    ("Lao PDR", "LA"),
    ("Macedonia", "MK"),
    ("Micronesia", "FM"),
    ("Moldova", "MD"),
    ("North Korea", "KP"),
    ("Palestine", "PS"),
    ("Republic of Serbia", "RS"),
    ("Russia", "RU"),
    ("South Korea", "KR"),
    ("Swaziland", "SZ"),
    ("Syria", "SY"),
    ("Tanzania", "TZ"),
    ("The Gambia", "GM"),
    ("Turkey", "TR"),
    ("United Kingdom", "GB"),
    ("United States", "US"),
    ("USA", "US"),
    ("UK", "GB"),
    ("Vatican", "VA"),
    ("Vatican City", "VA"),
    ("Venezuela", "VE"),
    ("Vietnam", "VN"),
];

/// Codes given out, each with the last number put behind it.
#[derive(Default)]
pub(super) struct Taken(BTreeMap<String, usize>);

impl Taken {
    /// The code itself, or with a number behind it if it is taken.
    pub fn unique(&mut self, code: &str) -> String {
        let mut free = code.to_owned();
        while let Some(last) = self.0.get_mut(&free) {
            *last += 1;
            free = format!("{free}-{last}");
        }
        self.0.insert(free.clone(), 1);
        free
    }
}
