//! Files of contact points: what is read of them, what is refused with which
//! words, and that a table comes back as it went out. All of it is invented.

use outcross::{
    domain::{
        contact::{Channel, ContactKind, ContactPoint, WorkingHours},
        directory::{Listing, compare},
        duty::Addressee,
        id::ContactId,
    },
    interop::{bch, contacts_csv},
};
use proptest::prelude::*;
use uuid::Uuid;

const INDEX: &[u8] = include_bytes!("fixtures/contacts/bch.json");

fn faults(listing: &Listing) -> Vec<(usize, &str)> {
    listing.unusable.iter().map(|row| (row.line, row.column.as_deref().unwrap_or_default())).collect()
}

#[test]
fn the_index_of_the_clearing_house_is_read() {
    let listing = bch::read(INDEX).expect("an answer of the index");
    let found: Vec<(String, &str, &str)> = listing
        .entries
        .iter()
        .map(|entry| (entry.addressee.to_string(), entry.kind.code(), entry.name.as_str()))
        .collect();
    let office = "Invented Person-One, Department of Made-up Biosafety, Ministry of Examples";
    let expected = [
        ("TG", "CPB-A17-FP", office),
        ("TG", "CPB-FP1", office),
        ("BJ", "BCH-FP", "Person-Two, Ministère des Exemples"),
        ("GH", "CNA", "Invented Biosafety Authority"),
        ("EU", "CPB-A17-FP", "Directorate of Examples"),
        ("ZZ", "BCH-FP", "Person-Four"),
        ("NE", "BCH-FP", "Person-Five"),
    ];
    let expected: Vec<_> = expected.map(|(state, kind, name)| (state.to_owned(), kind, name)).into();
    assert_eq!(found, expected);
    let channels = [
        Channel::Email { address: "one@example.org".into() },
        Channel::Email { address: "desk@example.org".into() },
        Channel::ByHand { number: "+228 00 00 00 01".into() },
        Channel::ByHand { number: "fax +228 00 00 00 02".into() },
    ];
    assert_eq!(listing.entries[0].channels, channels);
    assert_eq!(listing.entries[0].record.as_deref(), Some("CHM-NFP-TG-900001-2"));
    assert_eq!(listing.entries[0].confirmed, None, "the register does not say that somebody answered");
    assert_eq!(faults(&listing), [(5, "type_ss"), (8, ""), (9, "government_s")]);
    assert!(listing.unusable[0].why.contains("ABS-FP"));
    assert!(listing.notes.is_empty());
}

#[test]
fn an_answer_that_was_cut_short_is_said() {
    let text =
        String::from_utf8(INDEX.to_vec()).expect("UTF-8").replace("\"numFound\": 9", "\"numFound\": 150");
    let listing = bch::read(text.as_bytes()).expect("an answer of the index");
    assert!(listing.notes[0].contains("150"), "{:?}", listing.notes);
}

#[test]
fn what_is_no_answer_of_the_index_has_words() {
    let why = |bytes: &[u8]| bch::read(bytes).expect_err("not an index").to_string();
    assert!(why(b"{").contains("not JSON"));
    assert!(why(b"").contains("not JSON"));
    assert!(why(br#"{"grouped":{}}"#).contains("response.docs"));
    assert!(why(b"3").contains("response.docs"));
    let cut = &INDEX[..INDEX.len() / 2];
    assert!(why(cut).contains("line"), "{}", why(cut));
    assert_eq!(bch::read(b"[]").expect("an empty list").entries, []);
}

#[test]
fn a_table_is_read_whatever_its_separator_and_mark() {
    let comma = "addressee,kind,name,email,phone,languages,hours zone,hours_days,hours_from,hours_to,confirmed\n\
        ch,cpb-a17-fp,\"Office, Bern\",a@example.org | b@example.org,+41 00 000 00 00,de fr,Europe/Zurich,1-4 6,8:00,17:30,2026-11-01\n\
        \n\
        IPPC,ORG,Secretariat,,,,,,,,\n";
    let semicolon = comma.replace(',', ";").replace("Office; Bern", "Office, Bern");
    let marked = format!("\u{FEFF}{}", semicolon.replace('\n', "\r\n"));
    for text in [comma, &semicolon, &marked] {
        let listing = contacts_csv::read(text.as_bytes()).expect("a table");
        assert_eq!(faults(&listing), [], "{:?}", listing.unusable);
        let [bern, ippc] = &listing.entries[..] else { unreachable!("{listing:?}") };
        assert_eq!((bern.line, bern.name.as_str(), bern.kind), (2, "Office, Bern", ContactKind::Article17));
        assert_eq!(bern.channels.len(), 3);
        assert_eq!(bern.languages, Some(vec!["de".into(), "fr".into()]));
        let hours = bern.hours.as_ref().expect("hours");
        assert_eq!((&hours.days[..], hours.from.hour(), hours.to.minute()), (&[1, 2, 3, 4, 6][..], 8, 30));
        assert_eq!(bern.confirmed.map(|at| at.to_string()).as_deref(), Some("2026-11-01T00:00:00Z"));
        assert_eq!(ippc.addressee, Addressee::Organization("IPPC".into()));
        assert_eq!((ippc.channels.len(), &ippc.languages, &ippc.hours), (0, &None, &None));
    }
}

#[test]
fn a_row_that_cannot_be_used_names_its_line_and_column() {
    let text = "addressee,kind,name,email,hours_zone,hours_days,hours_from,hours_to,confirmed,colour\n\
        Switzerland!,CNA,Office,,,,,,,\n\
        CH,XYZ,Office,,,,,,,\n\
        CH,CNA,,,,,,,,\n\
        CH,CNA,Office,,Europe/Zurich,1-5,08:00,,,\n\
        CH,CNA,Office,,Europe/Zurich,0-5,08:00,17:00,,\n\
        CH,CNA,Office,,Europe/Zurich,1-5,eight,17:00,,\n\
        CH,CNA,Office,,,,,,yesterday,\n\
        CH,CNA,Office,a@example.org,,,,,,red,and,more\n\
        CH,CNA,Good\n";
    let listing = contacts_csv::read(text.as_bytes()).expect("a table");
    let expected = [
        (2, "addressee"),
        (3, "kind"),
        (4, "name"),
        (5, "hours_to"),
        (6, "hours_days"),
        (7, "hours_from"),
        (8, "confirmed"),
        (9, ""),
    ];
    assert_eq!(faults(&listing), expected);
    assert_eq!((listing.entries.len(), listing.entries[0].line), (1, 10));
    assert_eq!(listing.notes, ["the column “colour” is not read"]);
    let latin = b"addressee,kind,name\nFR,CNA,Minist\xE8re\nFR,CNA,Office\n";
    let listing = contacts_csv::read(latin).expect("a table");
    assert_eq!(faults(&listing), [(2, "name")]);
    assert!(listing.unusable[0].why.contains("UTF-8"));
    assert_eq!(listing.entries.len(), 1);
}

#[test]
fn what_is_no_table_has_words() {
    let why = |bytes: &[u8]| contacts_csv::read(bytes).expect_err("not a table").to_string();
    assert!(why(b"").contains("addressee, kind, name"));
    assert!(why(b"kind,name\nCNA,Office\n").contains("no column addressee"));
    assert!(why(b"addressee,kind,name,name\n").contains("twice"));
    assert!(why(b"\xFF\xFEa\0").contains("UTF-16"));
    assert!(why(b"PK\x03\x04").contains("workbook"));
}

#[test]
fn no_cell_is_a_formula_to_a_spreadsheet() {
    let contact = |name: &str| ContactPoint {
        id: ContactId(Uuid::nil()),
        addressee: "CH".parse().expect("code"),
        kind: ContactKind::Mission,
        name: name.into(),
        channels: vec![Channel::ByHand { number: "+41 00 000 00 00".into() }],
        languages: Vec::new(),
        hours: None,
        record: None,
        confirmed: None,
    };
    let table = contacts_csv::write(&[contact("=HYPERLINK(\"https://example.org\")")]).expect("a table");
    assert!(table.contains("\"'=HYPERLINK"), "{table}");
    assert!(table.contains(",+41 00 000 00 00,"), "a number is as it is: {table}");
}

fn any_contact() -> impl Strategy<Value = ContactPoint> {
    let line = "[ -~é–'=@+-]{0,20}[A-Za-z]";
    let number = "(fax )?[+=(]?[0-9]{3,9}";
    let days = proptest::sample::subsequence((1..=7).collect::<Vec<i8>>(), 1..=7);
    let hours = (days, 0i8..24, 0i8..60, 0i8..60).prop_map(|(days, hour, minute, second)| WorkingHours {
        zone: "Africa/Nairobi".into(),
        days,
        from: jiff::civil::time(hour, minute, second, 0),
        to: jiff::civil::time(23 - hour, 59 - minute, 0, 0),
    });
    let channel = prop_oneof![
        "[a-z=+-]{1,9}@example\\.org".prop_map(|address| Channel::Email { address }),
        "https://example\\.org/[a-z=]{1,9}".prop_map(|url| Channel::Webhook { url, disabled: false }),
        number.prop_map(|number| Channel::ByHand { number }),
    ];
    let name = line.prop_map(|text| text.trim().replace('|', "/"));
    (
        name,
        prop::collection::vec(channel, 0..6),
        prop::option::of(hours),
        prop::option::of(0i64..2_000_000_000),
    )
        .prop_map(|(name, channels, hours, confirmed)| ContactPoint {
            id: ContactId(Uuid::from_u128(1)),
            addressee: "CH".parse().expect("code"),
            kind: ContactKind::Mission,
            name,
            channels,
            languages: vec!["fr".into(), "en".into()],
            hours,
            record: Some("CHM-NFP-CH-1-1".into()),
            confirmed: confirmed.map(|second| jiff::Timestamp::from_second(second).expect("a moment")),
        })
}

proptest! {
    #[test]
    fn a_table_comes_back_as_it_went_out(contact in any_contact()) {
        prop_assume!(contact.problems(false).is_empty());
        let table = contacts_csv::write(std::slice::from_ref(&contact)).expect("a table");
        let listing = contacts_csv::read(table.as_bytes()).expect("the same table");
        let found = compare(listing, std::slice::from_ref(&contact), |_| None);
        prop_assert_eq!((found.unchanged.len(), &found.changed, &found.unusable), (1, &vec![], &vec![]), "{}", table);
    }

    #[test]
    fn no_file_stops_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[\\[\\]{}\":,;a-z\n]{0,80}") {
        let header = b"addressee;kind;name;email;hours_from\n";
        let _ = bch::read(&bytes);
        let _ = bch::read(text.as_bytes());
        let _ = contacts_csv::read(&[&header[..], &bytes].concat());
        let _ = contacts_csv::read(text.as_bytes());
    }
}
