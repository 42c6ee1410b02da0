//! Letters: what a notice looks like when it reaches somebody, in every kind,
//! language and channel. `tests/golden/letters` holds two for people to read;
//! `LETTERS_WRITE=1` writes them anew.

use jiff::{Timestamp, civil::time};
use mail_parser::{Address, MessageParser};
use outcross::{
    alert::letter::Writer,
    domain::{
        assessment::{Reason, Ring, StateFinding},
        contact::{Channel, ContactKind, ContactPoint, WorkingHours},
        decision::Outgoing,
        duty::Addressee,
        event::{OpenCode, OpenItem},
        id::{AccountId, ContactId, IncidentId, MessageId, Reference},
        incident::{IncidentState, IncidentType, Mode},
        notice::{Change, Notice, NoticeKind},
        place::Metres,
        reach::Pathway,
        report::{Knowledge, Report, Statement},
    },
    words,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use uuid::Uuid;

const KINDS: [NoticeKind; 9] = [
    NoticeKind::Initial,
    NoticeKind::FollowUp,
    NoticeKind::AllClear,
    NoticeKind::Withdrawal,
    NoticeKind::Closing,
    NoticeKind::Verification,
    NoticeKind::Advisory,
    NoticeKind::Reachability,
    NoticeKind::Escalation,
];

const LINK: &str = "https://outcross.example/m/0f3a9c";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn length(metres: f64) -> Metres {
    Metres::new(metres).expect("a length")
}

/// Names of two States, for tests; all others keep their code.
fn state_name(code: &str, language: &str) -> String {
    let name = match (code, language) {
        ("DE", "en") => "Germany",
        ("DE", "ar") => "ألمانيا",
        ("CH", "en") => "Switzerland",
        ("CH", "ar") => "سويسرا",
        _ => "",
    };
    name.to_owned()
}

fn writer() -> Writer {
    Writer::new("alerts@outcross.example", "GVA", Box::new(state_name))
}

fn report() -> Report {
    serde_json::from_value(json!({
        "mode": "exercise",
        "organism": { "oecd": ["MON-ØØØ73-7"], "event": "GT73", "species": "Brassica napus",
                      "trait": "glyphosate tolerance" },
        "place": { "state": "CH", "geometry": { "type": "Point", "coordinates": [7.592, 47.583] },
                   "uncertainty_m": 300, "description": "Harbour rail yard, between the tracks" },
        "released": "2026-11-20",
        "quantities": { "status": "estimated", "text": "About 160 plants",
                        "provenance": "count on the spot, 22 November" },
        "traits": "Tolerance to the herbicide glyphosate",
        "circumstances": "Seed lost from freight wagons while goods were moved from ships to trains. \
                          The tracks are sprayed with glyphosate, which favours tolerant plants.",
        "use": { "status": "unknown" },
        "adverse_effects": { "status": "withheld", "text": "SECRET", "provenance": "SECRET SOURCE" },
        "risk_management": "Pull the plants before they set seed; survey at flowering time.",
        "point_of_contact": "Duty desk of the office (invented for this exercise), a17.ch@example.org",
    }))
    .expect("a report")
}

fn finding() -> StateFinding {
    StateFinding {
        iso2: "DE".parse().expect("a code"),
        iso3: "DEU".to_owned().try_into().expect("a code"),
        distance_m: Some(length(1_730.0)),
        bearing_deg: Some(42.0),
        accuracy_m: length(800.0),
        ring: Ring::P95,
        reason: Reason::WithinReach {
            pathway: Pathway::Pollen,
            row: "brassica_napus.pollen".into(),
            reach_m: length(2_000.0),
        },
        areas: vec!["germany".into()],
        in_sector: Some(true),
        earliest_arrival: Some(at("2026-11-20T00:00:00Z")),
    }
}

fn notice(kind: NoticeKind, mode: Mode) -> Notice {
    let mut notice = Notice {
        incident_type: Some(IncidentType::Unintentional),
        state: Some(IncidentState::Open),
        finding: Some(Box::new(finding())),
        ..Notice::from_report(kind, &Report { mode, ..report() })
    };
    match kind {
        NoticeKind::FollowUp => {
            let change = |field: &str, before: Option<&str>, after: Option<&str>| Change {
                field: field.to_owned(),
                before: before.map(str::to_owned),
                after: after.map(str::to_owned),
            };
            notice.changes = vec![
                change("/finding/ring", Some("max"), Some("p95")),
                change("/finding/accuracy_m", Some("800.0"), Some("700.0")),
                change("/place/geometry/coordinates", Some("[7.6,47.6]"), Some("[7.592,47.583]")),
                change("/quantities/status", Some("unknown"), Some("estimated")),
                change("/quantities/text", None, Some("About 160 plants")),
                change("/organism/oecd", None, Some("[\"MON-ØØØ73-7\"]")),
                change("/state", Some("open"), Some("contained")),
                change("/significance", Some("unknown"), Some("likely")),
            ];
            notice.reason = Some("Laboratory result of 23 November".to_owned());
        }
        NoticeKind::AllClear | NoticeKind::Withdrawal | NoticeKind::Closing => {
            notice.reason = Some("No plant was found in three surveys".to_owned());
            if kind != NoticeKind::Withdrawal {
                let item = |code, of: &str| OpenItem { code, of: of.to_owned() };
                notice.still_open =
                    vec![item(OpenCode::Acknowledgement, "DE"), item(OpenCode::Gap, "/released")];
            }
        }
        NoticeKind::Escalation => notice.about = Some(Addressee::State("DE".parse().expect("a code"))),
        _ => {}
    }
    notice
}

fn channels() -> [Channel; 4] {
    [
        Channel::Live { account: AccountId(Uuid::from_u128(7)) },
        Channel::Webhook { url: "https://receiver.example/hook".into(), disabled: false },
        Channel::Email { address: "a17.de@example.org".into() },
        Channel::ByHand { number: "+49 30 0000".into() },
    ]
}

fn mail() -> Channel {
    Channel::Email { address: "a17.de@example.org".into() }
}

fn by_hand() -> Channel {
    Channel::ByHand { number: "+49 30 0000".into() }
}

fn contact(language: &str) -> ContactPoint {
    ContactPoint {
        id: ContactId(Uuid::from_u128(5)),
        addressee: Addressee::State("DE".parse().expect("a code")),
        kind: ContactKind::Article17,
        name: "Office for Biosafety".into(),
        channels: vec![mail()],
        languages: vec![language.to_owned()],
        hours: Some(WorkingHours {
            zone: "Europe/Berlin".into(),
            days: vec![1, 2, 3, 4, 5],
            from: time(8, 0, 0, 0),
            to: time(17, 0, 0, 0),
        }),
        record: None,
        confirmed: None,
    }
}

/// One letter to be written; changed by each test as it likes.
struct Case {
    notice: Notice,
    contact: ContactPoint,
    channel: Channel,
    addressee: Addressee,
    link: Option<&'static str>,
    acknowledge_by: Option<Timestamp>,
    supersedes: Option<MessageId>,
    reminder: bool,
}

impl Case {
    fn of(kind: NoticeKind, mode: Mode, language: &str, channel: Channel) -> Self {
        let addressee = match kind {
            NoticeKind::Escalation => Addressee::Instance,
            _ => Addressee::State("DE".parse().expect("a code")),
        };
        Self {
            notice: notice(kind, mode),
            contact: contact(language),
            channel,
            addressee,
            link: Some(LINK),
            acknowledge_by: Some(at("2026-11-23T06:25:40Z")),
            supersedes: Some(MessageId(Uuid::from_u128(9))),
            reminder: false,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.bytes_by(&writer())
    }

    fn bytes_by(&self, writer: &Writer) -> Vec<u8> {
        let reference = Reference::new(self.notice.mode.prefix(), "GVA", 2026, 1);
        let outgoing = Outgoing {
            message: MessageId(Uuid::from_u128(0x01a2_06dd_9854_7edc_b99b_8ba5_4d9d_d0e9)),
            incident: IncidentId(Uuid::from_u128(0x01a2_06dd_9854_7475_b68c_fb25_b094_a217)),
            reference: Some(&reference),
            addressee: &self.addressee,
            contact: &self.contact,
            channel: &self.channel,
            notice: &self.notice,
            issued: at("2026-11-23T05:25:15.476Z"),
            acknowledge_by: self.acknowledge_by,
            supersedes: self.supersedes,
            reminder: self.reminder,
        };
        writer.compose(&outgoing, self.link)
    }

    /// The text people read: of a mail its body.
    fn text(&self) -> String {
        let bytes = self.bytes();
        match self.channel {
            Channel::Email { .. } => {
                let mail = MessageParser::default().parse(&bytes).expect("a mail");
                mail.body_text(0).expect("a text").replace("\r\n", "\n")
            }
            _ => String::from_utf8(bytes).expect("text"),
        }
    }
}

/// The part of a text before the English that follows beneath.
fn first_part(text: &str) -> &str {
    text.split("\n======").next().unwrap_or_default()
}

fn is_of(language: &str, c: char) -> bool {
    match language {
        "ru" => ('\u{400}'..='\u{4ff}').contains(&c),
        "zh" => ('\u{4e00}'..='\u{9fff}').contains(&c),
        "ar" => ('\u{600}'..='\u{6ff}').contains(&c),
        _ => c.is_ascii_alphabetic(),
    }
}

#[test]
fn every_kind_in_every_language_by_every_channel() {
    for kind in KINDS {
        for language in words::languages() {
            for channel in channels() {
                let case = Case::of(kind, Mode::Exercise, language, channel.clone());
                let bytes = case.bytes();
                if matches!(channel, Channel::Live { .. } | Channel::Webhook { .. }) {
                    let json: Value = serde_json::from_slice(&bytes).expect("JSON");
                    let notice = json.pointer("/data/notice").unwrap_or(&json);
                    assert_eq!(*notice, serde_json::to_value(&case.notice).expect("JSON"));
                    continue;
                }
                let text = case.text();
                let name = format!("{kind:?} {language} {channel:?}\n{text}");
                assert!(!text.contains(['{', '}']), "a value is missing: {name}");
                for line in text.lines() {
                    assert!(line.width() <= 78 || line.contains("://"), "{line:?} is too wide: {name}");
                }
                for key in keys() {
                    assert!(!text.contains(&key), "{key} has no words: {name}");
                }
                let own = first_part(&text);
                assert!(own.chars().filter(|c| is_of(language, *c)).count() > 150, "{name}");
                assert_eq!(
                    text.contains("ENGLISH TEXT") || own.len() < text.len(),
                    language != "en",
                    "{name}"
                );
                if language != "en" {
                    let machine = words::Speaker::of(language).say("letter-machine", &[]);
                    let words: String = own.split_whitespace().collect();
                    let machine: String = machine.split_whitespace().collect();
                    assert!(words.contains(&machine), "no mark of the machine: {name}");
                }
                assert_eq!(kind != NoticeKind::Reachability, text.contains("Brassica napus"), "{name}");
            }
        }
    }
}

/// The keys of the words of letters.
fn keys() -> BTreeSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words/texts/notice.en.ftl");
    let text = fs::read_to_string(file).expect("the words");
    let lines = text.lines().filter_map(|line| line.split_once(" = "));
    lines.map(|(key, _)| key.to_owned()).filter(|key| !key.starts_with('#')).collect()
}

/// Values and numbers of a text of the words, whatever their order.
fn marks(text: &str) -> Vec<String> {
    let mut marks: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        marks.push(part.split('}').next().unwrap_or_default().trim().to_owned());
    }
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    marks.extend(numbers.map(str::to_owned));
    marks.sort();
    marks
}

#[test]
fn translations_keep_values_numbers_script_and_mark() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words/texts");
    let read =
        |language: &str| fs::read_to_string(home.join(format!("notice.{language}.ftl"))).expect("the words");
    let entries = |text: &str| -> Vec<(String, String)> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|l| l.split_once(" = ")).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    };
    let original = entries(&read("en"));
    assert!(original.len() > 80, "the reader finds them");
    for language in words::languages().filter(|language| *language != "en") {
        let text = read(language);
        assert!(text.starts_with("# machine translation, not yet checked by a person\n"), "{language}");
        let translated = entries(&text);
        assert_eq!(translated.len(), original.len(), "{language}");
        for ((key, english), (other, said)) in original.iter().zip(&translated) {
            assert_eq!(key, other, "{language}");
            assert_eq!(marks(english), marks(said), "{language} {key}");
            let prose: String = said
                .split('{')
                .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
                .collect::<String>()
                .replace("POST", "")
                .replace("17.3 b", "");
            let foreign = prose.chars().find(|c| {
                c.is_alphabetic() && (matches!(language, "ru" | "zh" | "ar") && !is_of(language, *c))
            });
            assert_eq!(foreign, None, "{language} {key}: {said}");
            assert!(said != english || key == "letter-pair", "{language} {key} is not translated");
        }
    }
}

#[test]
fn every_word_of_letters_is_used() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/alert");
    let code = ["letter.rs", "letter/text.rs", "letter/mail.rs"]
        .map(|file| fs::read_to_string(home.join(file)).expect("readable"))
        .concat();
    let built = ["notice-", "subject-", "opening-", "knowledge-"];
    let unused: Vec<String> = keys()
        .into_iter()
        .filter(|key| !built.iter().any(|start| key.starts_with(start)))
        .filter(|key| !code.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn the_same_message_gives_the_same_bytes() {
    for channel in channels() {
        for language in words::languages() {
            let case = Case::of(NoticeKind::Initial, Mode::Actual, language, channel.clone());
            assert_eq!(case.bytes(), case.bytes(), "{language} {channel:?}");
        }
    }
}

#[test]
fn a_drill_says_so_first_and_last_and_in_the_subject() {
    for (mode, mark) in [(Mode::Exercise, "[EXERCISE] "), (Mode::Test, "[TEST] ")] {
        for kind in KINDS {
            for language in words::languages() {
                let speaker = words::Speaker::of(language);
                let mark_of_line = if speaker.is_right_to_left() { "\u{200f}" } else { "" };
                let said = format!("{mark_of_line}*** {} ***", speaker.name("mode", &mode));
                for channel in channels() {
                    let case = Case::of(kind, mode, language, channel.clone());
                    let bytes = case.bytes();
                    if matches!(channel, Channel::Live { .. } | Channel::Webhook { .. }) {
                        let json: Value = serde_json::from_slice(&bytes).expect("JSON");
                        let found = json.pointer("/data/mode").or(json.get("mode"));
                        assert_eq!(found, Some(&json!(mode)), "{channel:?}");
                        continue;
                    }
                    let text = case.text();
                    let own = first_part(&text).trim_end();
                    assert_eq!(own.lines().next(), Some(said.as_str()), "{text}");
                    assert_eq!(own.lines().last(), Some(said.as_str()), "{text}");
                    assert!(
                        text.trim_end().ends_with(" — not a real event ***") || language == "en",
                        "{text}"
                    );
                    if matches!(channel, Channel::Email { .. }) {
                        let mail = MessageParser::default().parse(&bytes).expect("a mail");
                        let subject = mail.subject().expect("a subject");
                        assert!(subject.starts_with(mark), "{subject}");
                        let own = speaker.say(&format!("subject-mode_{mode}"), &[]);
                        assert!(subject.contains(&format!("[{own}]")), "{subject}");
                    }
                }
            }
        }
    }
    let real = Case::of(NoticeKind::Initial, Mode::Actual, "en", mail());
    assert!(!real.text().contains("EXERCISE") && !real.text().contains("TEST"));
}

#[test]
fn a_mail_reads_back() {
    for language in words::languages() {
        let mut case = Case::of(NoticeKind::Initial, Mode::Actual, language, mail());
        case.contact.name = "Büro “Süd”, Abt. 3".to_owned();
        let bytes = case.bytes();
        assert!(bytes.is_ascii(), "seven bits are enough");
        assert!(bytes.split(|b| *b == b'\n').all(|line| line.len() <= 998 && line.last() != Some(&0)));
        let (mut before, mut bare) = (0, 0);
        for b in &bytes {
            bare += usize::from((*b == b'\n') != (before == b'\r'));
            before = *b;
        }
        assert_eq!(bare, 0, "every line ends in CR LF");
        let mail = MessageParser::default().parse(&bytes).expect("a mail");
        assert_eq!(mail.message_id(), Some("01a206dd-9854-7edc-b99b-8ba54d9dd0e9@outcross.example"));
        assert_eq!(
            mail.in_reply_to().as_text(),
            Some("00000000-0000-0000-0000-000000000009@outcross.example")
        );
        assert_eq!(mail.references().as_text(), mail.in_reply_to().as_text());
        assert_eq!(mail.date().expect("a date").to_rfc3339(), "2026-11-23T05:25:15Z");
        let one = |address: Option<&Address<'_>>| {
            let address = address.and_then(Address::first).expect("an address").clone();
            (address.name.unwrap_or_default().into_owned(), address.address.unwrap_or_default().into_owned())
        };
        assert_eq!(one(mail.from()), ("Outcross GVA".to_owned(), "alerts@outcross.example".to_owned()));
        assert_eq!(one(mail.to()), (case.contact.name.clone(), "a17.de@example.org".to_owned()));
        let raw = |name: &str| mail.header_raw(name).map(str::trim).unwrap_or_default().to_owned();
        assert_eq!(raw("Auto-Submitted"), "auto-generated");
        assert_eq!(raw("X-Outcross-Message"), "01a206dd-9854-7edc-b99b-8ba54d9dd0e9");
        assert_eq!(raw("MIME-Version"), "1.0");
        assert_eq!(raw("Content-Type"), "text/plain; charset=utf-8");
        let languages = if language == "en" { "en".to_owned() } else { format!("{language}, en") };
        assert_eq!(raw("Content-Language"), languages);
        let subject = mail.subject().expect("a subject");
        assert!(subject.starts_with("OX-GVA-2026-0001-"), "{subject}");
        assert!(subject.contains("Brassica napus"), "{subject}");
        // What is read by telephone differs in one hint alone.
        let called = Case { channel: by_hand(), ..case };
        let spoken = called.text();
        let written = mail.body_text(0).expect("a text").replace("\r\n", "\n");
        let spoken: Vec<&str> = spoken.lines().collect();
        assert!(written.trim_end().lines().all(|line| spoken.contains(&line)), "{written}");
    }
}

#[test]
fn nobody_can_slip_a_header_in() {
    let evil = "x\r\nBcc: everyone@example.net\r\n\r\nbody\u{2028}\u{85}\nX-Evil: 1";
    let mut case = Case::of(NoticeKind::FollowUp, Mode::Actual, "fr", mail());
    case.contact.name = evil.to_owned();
    case.notice.organism.species = Some(evil.to_owned());
    case.notice.place.state = Some(evil.to_owned());
    case.notice.place.description = Some(evil.to_owned());
    case.notice.reason = Some(evil.to_owned());
    for address in ["a17.de@example.org", "a@example.org\r\nBcc: b@example.net", "", "not an address"] {
        case.channel = Channel::Email { address: address.to_owned() };
        let sender = format!("alerts@outcross.example{}", &evil[1..]);
        for writer in [writer(), Writer::new(&sender, evil, Box::new(|_, _| evil.to_owned()))] {
            let bytes = case.bytes_by(&writer);
            let names = header_names(&bytes);
            let expected = [
                "From",
                "To",
                "Date",
                "Message-ID",
                "In-Reply-To",
                "References",
                "Subject",
                "Auto-Submitted",
                "Content-Language",
                "X-Outcross-Message",
                "MIME-Version",
                "Content-Type",
                "Content-Transfer-Encoding",
            ];
            assert_eq!(names, expected);
            let mail = MessageParser::default().parse(&bytes).expect("a mail");
            let receiver = mail.to().and_then(Address::first).and_then(|to| to.address.clone());
            let is_address = address == "a17.de@example.org";
            assert_eq!(receiver.is_some_and(|to| to == address), is_address, "{address}");
            assert!(!mail.subject().expect("a subject").contains(['\r', '\n']));
        }
    }
}

/// The names of the headers of a message, in order.
fn header_names(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("seven bits");
    let head = text.split("\r\n\r\n").next().expect("a head");
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split_once(':').expect("a header").0.to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is written in a report, or as the name of an office.
    #[test]
    fn any_words_at_all_make_a_sound_letter(words in "\\PC{0,400}|(?s).{0,300}", language in 0..6_usize) {
        let language = words::languages().nth(language).expect("a language");
        let mut case = Case::of(NoticeKind::FollowUp, Mode::Exercise, language, mail());
        let expected = header_names(&case.bytes());
        case.contact.name.clone_from(&words);
        case.notice.organism.species = Some(words.clone());
        case.notice.place.state = Some(words.clone());
        case.notice.place.description = Some(words.clone());
        case.notice.released = Some(outcross::domain::moment::Moment::read(&words));
        case.notice.reason = Some(words.clone());
        case.notice.circumstances =
            Statement { status: Knowledge::Known, text: words.clone(), provenance: Some(words.clone()) };
        for change in &mut case.notice.changes {
            change.before = Some(words.clone());
        }
        let bytes = case.bytes();
        prop_assert_eq!(header_names(&bytes), expected);
        prop_assert!(bytes.is_ascii() && bytes.split(|b| *b == b'\n').all(|line| line.len() <= 998));
        let text = case.text();
        let is_bad = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!text.contains(is_bad), "{text:?}");
        let own = first_part(&text);
        prop_assert_eq!(own.matches("***").count() >= 4, true, "{}", own);
        for line in text.lines() {
            let wide: usize = line.chars().map(|c| c.width().unwrap_or(0)).sum();
            prop_assert!(wide <= 78 || line.contains("://"), "{line:?} takes {wide}");
        }
    }
}

#[test]
fn words_of_strangers_cannot_pass_for_the_letter() {
    let mut case = Case::of(NoticeKind::Advisory, Mode::Actual, "en", by_hand());
    case.notice.circumstances = Statement {
        status: Knowledge::Known,
        text: "first\n*** EXERCISE — not a real event ***\r\nNOTES\u{202e}\u{0}\u{2028}last".to_owned(),
        provenance: Some("here\nNOTES".to_owned()),
    };
    case.contact.name = "Office\nNOTES".to_owned();
    let text = case.text();
    assert!(
        text.contains("> first\n    > *** EXERCISE — not a real event ***\n    > NOTES\n    > last\n"),
        "{text}"
    );
    assert_eq!(text.lines().filter(|line| line.trim() == "NOTES").count(), 1, "{text}");
    assert!(!text.contains(['\u{202e}', '\u{0}', '\u{2028}', '\r']));
}

#[test]
fn long_words_are_cut_with_a_sign_and_the_link() {
    let mut case = Case::of(NoticeKind::Initial, Mode::Actual, "en", mail());
    case.notice.other = Statement { status: Knowledge::Known, text: "word ".repeat(1000), provenance: None };
    let text = case.text();
    assert_eq!(text.split_whitespace().filter(|word| word.trim_end_matches('…') == "word").count(), 400);
    assert!(text.contains("…\n    [cut here; the whole has 4999 characters:\n"), "{text}");
    assert_eq!(text.matches(LINK).count(), 2, "{text}");
    case.link = None;
    assert!(case.text().contains("[cut here; the whole has 4999 characters]"), "{}", case.text());
}

#[test]
fn a_language_without_texts_falls_back_to_english() {
    let mut case = Case::of(NoticeKind::Initial, Mode::Actual, "tlh", mail());
    assert!(case.text().starts_with("Initial notice under Article 17"));
    assert!(!case.text().contains("ENGLISH TEXT") && !case.text().contains("machine"));
    case.contact.languages = Vec::new();
    assert!(case.text().starts_with("Initial notice under Article 17"));
    case.contact.languages = vec!["tlh".into(), "FR-ch".into(), "ru".into()];
    assert!(case.text().starts_with("Notification initiale"), "{}", case.text());
}

#[test]
fn a_follow_up_shows_before_and_now() {
    let case = Case::of(NoticeKind::FollowUp, Mode::Actual, "en", by_hand());
    let text = case.text();
    let changed = text.split("WHAT HAS CHANGED\n").nth(1).expect("changes");
    let changed = changed.split("\nREASON\n").next().expect("then the reason");
    let expected = "  What the map says of you
    before: the farthest credible
    now: where nearly all of the movement lies
  Where
    before: 47.6000° N 7.6000° E
    now: 47.5830° N 7.5920° E
  Quantities (17.3 a)
    before: not known
    now: estimated
    > About 160 plants
  What was released
    before: nothing
    now:
    > MON-ØØØ73-7
  Status
    before: open
    now: contained
  Significant adverse effects
    before: not known; counts as likely
    now: likely
";
    assert_eq!(changed, expected);
    assert!(text.contains("REASON\n    > Laboratory result of 23 November\n"), "{text}");
}

#[test]
fn what_is_withheld_shows_no_word_of_it() {
    for language in words::languages() {
        for channel in channels() {
            let mut case = Case::of(NoticeKind::Initial, Mode::Actual, language, channel);
            assert!(!String::from_utf8_lossy(&case.bytes()).contains("SECRET"));
            // A notice made elsewhere may still carry the words.
            case.notice.traits = Statement {
                status: Knowledge::Withheld,
                text: "SECRET".into(),
                provenance: Some("SECRET".into()),
            };
            if matches!(case.channel, Channel::Email { .. } | Channel::ByHand { .. }) {
                assert!(!case.text().contains("SECRET"), "{}", case.text());
            }
        }
    }
    let text = Case::of(NoticeKind::Initial, Mode::Actual, "en", by_hand()).text();
    assert!(
        text.contains("Possible adverse effects (17.3 c): known, and withheld\n  Possible measures"),
        "{text}"
    );
    assert!(text.contains("Use in the State of origin (17.3 b): not known\n"), "{text}");
    assert!(
        text.contains("Quantities (17.3 a): estimated\n    > About 160 plants\n    Source: count on"),
        "{text}"
    );
}

#[test]
fn a_deadline_is_said_in_the_receivers_own_time_too() {
    let mut case = Case::of(NoticeKind::Initial, Mode::Actual, "en", by_hand());
    let text = case.text();
    assert!(text.contains("2026-11-23 06:25 UTC (2026-11-23 07:25 in\nEurope/Berlin)"), "{text}");
    case.contact.hours = None;
    assert!(case.text().contains("Please acknowledge receipt by 2026-11-23 06:25 UTC.\n"));
    case.acknowledge_by = None;
    let text = case.text();
    assert!(text.contains("No acknowledgement is asked for.\nTo read this message, open:\n"), "{text}");
    assert!(!text.contains("Acknowledging means") && !text.contains("acknowledgements"), "{text}");
}

#[test]
fn everybody_is_told_why() {
    let said = |addressee: &str, kind: NoticeKind, finding: Option<StateFinding>| {
        let mut case = Case::of(kind, Mode::Actual, "en", by_hand());
        case.addressee = addressee.parse().expect("an addressee");
        case.notice.finding = finding.map(Box::new);
        let text = case.text();
        let why = text.split("WHY YOU ARE TOLD\n").nth(1).expect("why").split("\n\n").next();
        why.expect("why").to_owned()
    };
    let here = said("DE", NoticeKind::Initial, Some(finding()));
    assert_eq!(
        here,
        "  Germany: Within 2.0 km, where nearly all of the movement lies by pollen.
  Nearest point: 2.0 km (north-east) from the place; exact to 800 m.
  Some of it lies where wind or current carries the organism to.
  Earliest arrival: 2026-11-20 00:00 UTC."
    );
    let relation = StateFinding {
        reason: Reason::Relation { area: "somewhere".into(), basis: "claims".into() },
        ..finding()
    };
    assert!(said("DE", NoticeKind::Initial, Some(relation)).contains("Ring: where nearly all"));
    let initial = |addressee| said(addressee, NoticeKind::Initial, None).replace("\n ", "");
    assert!(initial("EU").contains("A Member State of the Union is told"));
    assert!(initial("IPPC").contains("your organization"));
    assert!(initial("FR").contains("may be affected or concerned"));
    assert!(said("CH", NoticeKind::Verification, None).contains("under your jurisdiction"));
    let asked = Case::of(NoticeKind::Verification, Mode::Actual, "en", by_hand()).text();
    assert!(asked.contains("/verdicts\n"), "how to decide: {asked}");
    assert!(said("DE", NoticeKind::AllClear, Some(finding())).contains("told of this incident before"));
    assert!(said("INSTANCE", NoticeKind::Escalation, None).contains("duty officer of this server"));
}

#[test]
fn a_reminder_and_an_illegal_movement_say_what_they_are() {
    let mut case = Case::of(NoticeKind::Initial, Mode::Actual, "en", mail());
    case.reminder = true;
    case.notice.incident_type = Some(IncidentType::Illegal);
    let text = case.text();
    assert!(text.contains("REMINDER: your acknowledgement has not come yet."), "{text}");
    assert!(!text.contains("under Article 17") && text.contains("Article 25"), "{text}");
    let bytes = case.bytes();
    let mail = MessageParser::default().parse(&bytes).expect("a mail");
    let subject = mail.subject().expect("a subject");
    assert!(subject.contains("Reminder: Initial notice (Article 25) - Switzerland - Brassica"), "{subject}");
}

#[test]
fn a_test_of_the_line_claims_nothing() {
    let text = Case::of(NoticeKind::Reachability, Mode::Test, "en", by_hand()).text();
    assert!(text.contains("Nothing has happened"), "{text}");
    for word in ["Brassica", "Switzerland", "17.3", "open\n", "Harbour"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

#[test]
fn a_webhook_says_what_and_when_in_a_fixed_order() {
    let case = Case::of(NoticeKind::Initial, Mode::Exercise, "en", channels()[1].clone());
    let text = String::from_utf8(case.bytes()).expect("text");
    let start = "{\"type\":\"notice.issued\",\"timestamp\":\"2026-11-23T05:25:15.476Z\",\"data\":{\
        \"message\":\"01a206dd-9854-7edc-b99b-8ba54d9dd0e9\",\
        \"incident\":\"01a206dd-9854-7475-b68c-fb25b094a217\",\"reference\":\"EX-GVA-2026-0001-";
    assert!(text.starts_with(start), "{text}");
    let rest = "\"mode\":\"exercise\",\"addressee\":\"DE\",\
        \"contact\":\"00000000-0000-0000-0000-000000000005\",\
        \"supersedes\":\"00000000-0000-0000-0000-000000000009\",\
        \"acknowledge_by\":\"2026-11-23T06:25:40Z\",\"link\":\"https://outcross.example/m/0f3a9c\",\
        \"reminder\":false,\"notice\":{\"kind\":\"initial\"";
    assert!(text.contains(rest), "{text}");
}

#[test]
fn right_to_left_letters_isolate_what_is_not_theirs() {
    let text = Case::of(NoticeKind::Initial, Mode::Exercise, "ar", mail()).text();
    let own = first_part(&text);
    for value in ["EX-GVA-2026-0001-", "01a206dd-9854-7edc-b99b-8ba54d9dd0e9", "Brassica napus, GT73"] {
        let line = own.lines().find(|line| line.contains(value)).expect(value);
        let before = line.split(value).next().expect("what stands before");
        let open = before.matches('\u{2068}').count() - before.matches('\u{2069}').count();
        assert!(open >= 1, "{value} is not isolated: {line:?}");
    }
    for line in own.lines().filter(|line| !line.is_empty()) {
        assert_eq!(line.matches('\u{2068}').count(), line.matches('\u{2069}').count(), "{line:?}");
        let is_theirs = line.starts_with("    > ") || line.starts_with("  https://");
        assert_ne!(line.starts_with('\u{200f}'), is_theirs, "{line:?}");
    }
    let english = text.split("====\n\n").last().expect("a part");
    assert!(english.lines().skip(1).all(|line| !line.starts_with('\u{200f}')), "{english}");
}

#[test]
fn two_letters_for_people_to_read() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/letters");
    for (name, kind, language) in
        [("initial.en.txt", NoticeKind::Initial, "en"), ("follow_up.ar.txt", NoticeKind::FollowUp, "ar")]
    {
        let mut case = Case::of(kind, Mode::Exercise, language, mail());
        case.supersedes = case.supersedes.filter(|_| kind != NoticeKind::Initial);
        let bytes = case.bytes();
        let mail = MessageParser::default().parse(&bytes).expect("a mail");
        let text = format!("Subject: {}\n\n{}", mail.subject().expect("a subject"), case.text());
        let path = home.join(name);
        if std::env::var_os("LETTERS_WRITE").is_some() {
            fs::create_dir_all(&home).expect("a directory");
            fs::write(&path, &text).expect("written");
        }
        assert_eq!(fs::read_to_string(&path).expect("a golden letter"), text, "{name}");
    }
}
