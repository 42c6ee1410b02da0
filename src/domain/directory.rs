//! Directories of contact points: what a file says of them, and what that
//! would change here. Comparing stores nothing.

use super::{
    contact::{Channel, ContactKind, ContactPoint, WorkingHours},
    duty::Addressee,
    id::ContactId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

/// What stands before a number of a fax in [`Channel::ByHand`].
pub const FAX: &str = "fax ";

/// A contact point as a file has it. What a file does not speak of is absent,
/// and stays here as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Where it stands: the line of a table, the number of a document, from 1.
    pub line: usize,
    /// For whom.
    pub addressee: Addressee,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// How to reach it, best first.
    pub channels: Vec<Channel>,
    /// Languages it reads, best first.
    pub languages: Option<Vec<String>>,
    /// When it is staffed.
    pub hours: Option<WorkingHours>,
    /// Its record where the file comes from.
    pub record: Option<String>,
    /// When somebody last made sure that it answers.
    pub confirmed: Option<Timestamp>,
}

/// Something in a file that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Unusable {
    /// Where it stands: the line of a table, the number of a document, from 1.
    pub line: usize,
    /// The column or field at fault, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Which record, where that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Why it cannot be used.
    pub why: String,
}

/// What was read from a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    /// What can be used.
    pub entries: Vec<Entry>,
    /// What cannot.
    pub unusable: Vec<Unusable>,
    /// What is to be said of the file as a whole.
    pub notes: Vec<String>,
    /// Whether every entry comes from a register and names its record: then a
    /// contact point without a record is no concern of this file.
    pub of_records: bool,
}

/// A contact point the file has and this instance has not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct New {
    /// Where it stands in the file.
    pub line: usize,
    /// For whom.
    pub addressee: Addressee,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// How to reach it, best first.
    pub channels: Vec<Channel>,
    /// Languages it reads, best first.
    pub languages: Vec<String>,
    /// When it is staffed, if the file says so.
    pub hours: Option<WorkingHours>,
    /// Its record where the file comes from.
    pub record: Option<String>,
    /// When somebody last made sure that it answers, if the file says so.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed: Option<Timestamp>,
}

impl New {
    /// The contact point with an id of its own.
    pub fn with_id(&self, id: ContactId) -> ContactPoint {
        let Self { addressee, kind, name, channels, languages, hours, record, confirmed, .. } = self.clone();
        ContactPoint { id, addressee, kind, name, channels, languages, hours, record, confirmed }
    }
}

/// One field that would change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct FieldChange {
    /// Which field of the contact point.
    pub field: String,
    /// What stands there; `null` for nothing.
    pub before: Value,
    /// What would stand there; `null` for nothing.
    pub after: Value,
}

/// A contact point that would change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Changed {
    /// Where it stands in the file.
    pub line: usize,
    /// Which contact point.
    pub id: ContactId,
    /// For whom it is now.
    pub addressee: Addressee,
    /// What it is for.
    pub kind: ContactKind,
    /// The office, as it is called now.
    pub name: String,
    /// What would change.
    pub fields: Vec<FieldChange>,
    /// What would stand there.
    #[serde(skip)]
    pub after: Option<ContactPoint>,
}

/// A contact point that is known here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Known {
    /// Which.
    pub id: ContactId,
    /// For whom.
    pub addressee: Addressee,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// The record it was imported from.
    pub record: Option<String>,
}

impl From<&ContactPoint> for Known {
    fn from(contact: &ContactPoint) -> Self {
        let ContactPoint { id, addressee, kind, name, record, .. } = contact.clone();
        Self { id, addressee, kind, name, record }
    }
}

/// What a file would change here.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Comparison {
    /// In the file and not here.
    pub new: Vec<New>,
    /// Here, and otherwise in the file.
    pub changed: Vec<Changed>,
    /// The same here and there.
    pub unchanged: Vec<Known>,
    /// Here and not in the file. They stay: who is to be told is not forgotten
    /// because a list leaves it out.
    pub missing: Vec<Known>,
    /// In the file, and of no use.
    pub unusable: Vec<Unusable>,
    /// What is to be said of the file as a whole.
    pub notes: Vec<String>,
}

/// Compares a file with the contact points that stand here. `refused` says why
/// an entry must not be used (a State that is none, one that is not the
/// caller's), with the column.
///
/// The same contact point is the one with the same record (whatever its
/// revision) and kind; failing that, the one of the same addressee, kind and
/// name. Live channels and webhooks that stand here are kept; of mail,
/// telephone and fax a file takes the place of what stands here where it has
/// any. Other channels than those it was confirmed by are not confirmed.
pub fn compare(
    listing: Listing,
    standing: &[ContactPoint],
    refused: impl Fn(&Entry) -> Option<(&'static str, String)>,
) -> Comparison {
    let Listing { entries, mut unusable, notes, of_records } = listing;
    let mut usable: Vec<Entry> = Vec::new();
    let mut seen: HashMap<Key, usize> = HashMap::new();
    // What is in the file and of no use is not missing from it.
    let mut spoken_of: HashSet<String> =
        unusable.iter().filter_map(|row| row.record.as_deref()).map(stem).collect();
    let mut named: HashSet<Key> = HashSet::new();
    for entry in entries {
        let twin = entry.key();
        let problem = refused(&entry).map(|(column, why)| (column.to_owned(), why)).or_else(|| {
            let earlier = seen.get(&twin)?;
            Some(("record".to_owned(), format!("the same contact point stands at {earlier} already")))
        });
        let problem = problem.or_else(|| {
            let draft = entry.as_new().with_id(ContactId(uuid::Uuid::nil()));
            let (pointer, why) = draft.problems(false).into_iter().next()?;
            Some((pointer.trim_start_matches('/').replace('/', "."), why))
        });
        if let Some((column, why)) = problem {
            spoken_of.extend(entry.record.as_deref().map(stem));
            named.insert((entry.addressee, entry.kind, plain(&entry.name)));
            let (line, record) = (entry.line, entry.record);
            unusable.push(Unusable { line, column: Some(column), record, why });
        } else {
            seen.insert(twin, entry.line);
            usable.push(entry);
        }
    }
    unusable.sort_by_key(|row| row.line);
    let matches = matched(&usable, standing);
    let mut comparison = Comparison { unusable, notes, ..Comparison::default() };
    for (entry, found) in usable.iter().zip(&matches) {
        let Some(before) = found.and_then(|index| standing.get(index)) else {
            comparison.new.push(entry.as_new());
            continue;
        };
        let after = entry.over(before);
        let fields = differences(before, &after);
        if fields.is_empty() {
            comparison.unchanged.push(before.into());
            continue;
        }
        let Known { id, addressee, kind, name, .. } = before.into();
        comparison.changed.push(Changed {
            line: entry.line,
            id,
            addressee,
            kind,
            name,
            fields,
            after: Some(after),
        });
    }
    let missing = standing.iter().enumerate().filter(|(index, contact)| {
        let key = || (contact.addressee.clone(), contact.kind, plain(&contact.name));
        !matches.contains(&Some(*index))
            && (!of_records || contact.record.is_some())
            && !contact.record.as_deref().is_some_and(|record| spoken_of.contains(&stem(record)))
            && !named.contains(&key())
    });
    comparison.missing = missing.map(|(_, contact)| contact.into()).collect();
    comparison
}

/// By what the same contact point is known within one file.
type Key = (Addressee, ContactKind, String);

impl Entry {
    fn key(&self) -> Key {
        let by = self.record.as_deref().map_or_else(|| plain(&self.name), stem);
        (self.addressee.clone(), self.kind, by)
    }

    fn as_new(&self) -> New {
        let Self { line, addressee, kind, name, channels, languages, hours, record, confirmed } =
            self.clone();
        let languages = languages.unwrap_or_default();
        New { line, addressee, kind, name, channels, languages, hours, record, confirmed }
    }

    /// The contact point that stands here, as it would be with this entry.
    fn over(&self, before: &ContactPoint) -> ContactPoint {
        let channels = merged(&before.channels, &self.channels);
        // Whoever answered on other channels has not answered on these.
        let kept = before.confirmed.filter(|_| channels == before.channels);
        ContactPoint {
            id: before.id,
            addressee: self.addressee.clone(),
            kind: self.kind,
            name: self.name.clone(),
            channels,
            languages: self.languages.clone().unwrap_or_else(|| before.languages.clone()),
            hours: self.hours.clone().or_else(|| before.hours.clone()),
            record: self.record.clone().or_else(|| before.record.clone()),
            // An old file does not take back what was made sure of since.
            confirmed: self.confirmed.max(kept),
        }
    }
}

/// For each entry the index of the contact point it speaks of, if it stands.
fn matched(entries: &[Entry], standing: &[ContactPoint]) -> Vec<Option<usize>> {
    let mut by_record: HashMap<Key, Vec<usize>> = HashMap::new();
    let mut by_name: HashMap<Key, Vec<usize>> = HashMap::new();
    for (index, contact) in standing.iter().enumerate().rev() {
        let key = |text: String| (contact.addressee.clone(), contact.kind, text);
        if let Some(record) = &contact.record {
            by_record.entry(key(stem(record))).or_default().push(index);
        }
        by_name.entry(key(plain(&contact.name))).or_default().push(index);
    }
    let mut taken = vec![false; standing.len()];
    let mut take = |found: Option<&mut Vec<usize>>| {
        let candidates = found?;
        while let Some(index) = candidates.pop() {
            if !std::mem::replace(taken.get_mut(index)?, true) {
                return Some(index);
            }
        }
        None
    };
    // Whoever has the record goes first, wherever it stands in the file.
    let mut matches: Vec<Option<usize>> = Vec::new();
    for entry in entries {
        let key = |record: &String| (entry.addressee.clone(), entry.kind, stem(record));
        matches.push(entry.record.as_ref().and_then(|record| take(by_record.get_mut(&key(record)))));
    }
    for (entry, found) in entries.iter().zip(&mut matches) {
        if found.is_none() {
            let key = (entry.addressee.clone(), entry.kind, plain(&entry.name));
            *found = take(by_name.get_mut(&key));
        }
    }
    matches
}

/// A record's id without its revision, in upper case: `chm-nfp-tg-209716-4` is
/// a revision of `CHM-NFP-TG-209716`.
fn stem(record: &str) -> String {
    let whole = record.trim().to_uppercase();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let cut = whole.rsplit_once('-').filter(|(front, revision)| {
        digits(revision) && front.rsplit_once('-').is_some_and(|(_, number)| digits(number))
    });
    cut.map_or(whole.clone(), |(front, _)| front.to_owned())
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What takes the place of what when channels are merged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Email,
    Phone,
    Fax,
    /// Live or a webhook: entered here, and kept.
    Kept,
}

fn sort(channel: &Channel) -> Sort {
    match channel {
        Channel::Email { .. } => Sort::Email,
        Channel::ByHand { number } if fax_number(number).is_some() => Sort::Fax,
        Channel::ByHand { .. } => Sort::Phone,
        Channel::Live { .. } | Channel::Webhook { .. } => Sort::Kept,
    }
}

/// The number of a fax, if a number to be dialled by hand is one.
pub fn fax_number(number: &str) -> Option<&str> {
    let front = number.get(..FAX.len())?;
    front.eq_ignore_ascii_case(FAX).then(|| number[FAX.len()..].trim())
}

/// The channels that stand, with those of a file.
fn merged(standing: &[Channel], file: &[Channel]) -> Vec<Channel> {
    let of = |channels: &[Channel], wanted: Sort| -> Vec<Channel> {
        channels.iter().filter(|channel| sort(channel) == wanted).cloned().collect()
    };
    // Of a sort the file does not have, or has the same of, everything stays in its place.
    let replaced = |wanted: Sort| {
        let there = of(file, wanted);
        wanted != Sort::Kept && !there.is_empty() && there != of(standing, wanted)
    };
    let mut channels: Vec<Channel> = Vec::new();
    let mut placed: Vec<Sort> = Vec::new();
    for channel in standing {
        let wanted = sort(channel);
        if !replaced(wanted) {
            channels.push(channel.clone());
        } else if !placed.contains(&wanted) {
            placed.push(wanted);
            channels.extend(of(file, wanted));
        }
    }
    for channel in file {
        let same_place = |other: &Channel| match (other, channel) {
            // A webhook that was given up for gone is still the same one.
            (Channel::Webhook { url: one, .. }, Channel::Webhook { url: other, .. }) => one == other,
            _ => other == channel,
        };
        if !channels.iter().any(same_place) {
            channels.push(channel.clone());
        }
    }
    channels
}

/// The fields in which two states of one contact point differ.
pub fn differences(before: &ContactPoint, after: &ContactPoint) -> Vec<FieldChange> {
    let object = |contact: &ContactPoint| match serde_json::to_value(contact) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (object(before), object(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let value = |fields: &serde_json::Map<String, Value>, name: &String| {
        fields.get(name).cloned().unwrap_or_default()
    };
    let change = |name: &String| FieldChange {
        field: name.clone(),
        before: value(&before, name),
        after: value(&after, name),
    };
    names.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::AccountId;
    use uuid::Uuid;

    fn mail(address: &str) -> Channel {
        Channel::Email { address: address.into() }
    }

    fn phone(number: &str) -> Channel {
        Channel::ByHand { number: number.into() }
    }

    fn entry(line: usize, name: &str, record: Option<&str>, channels: Vec<Channel>) -> Entry {
        Entry {
            line,
            addressee: "TG".parse().expect("code"),
            kind: ContactKind::Article17,
            name: name.into(),
            channels,
            languages: None,
            hours: None,
            record: record.map(str::to_owned),
            confirmed: None,
        }
    }

    fn known(number: u128, name: &str, record: Option<&str>, channels: Vec<Channel>) -> ContactPoint {
        let mut contact =
            entry(1, name, record, channels).as_new().with_id(ContactId(Uuid::from_u128(number)));
        contact.languages = vec!["fr".into()];
        contact.confirmed = Some(Timestamp::UNIX_EPOCH);
        contact
    }

    fn listing(entries: Vec<Entry>) -> Listing {
        Listing { entries, ..Listing::default() }
    }

    #[test]
    fn the_record_comes_before_the_name_and_its_revision_does_not_matter() {
        let standing = [
            known(1, "Office", None, vec![mail("a@example.org")]),
            known(2, "Desk", Some("CHM-NFP-TG-000001-4"), vec![mail("b@example.org")]),
        ];
        let file = listing(vec![
            entry(1, "Office", Some("chm-nfp-tg-000001-5"), vec![mail("b@example.org")]),
            entry(2, "OFFICE", None, vec![mail("a@example.org")]),
            entry(3, "Elsewhere", None, vec![]),
        ]);
        let found = compare(file, &standing, |_| None);
        let changed: Vec<(usize, u128)> = found.changed.iter().map(|c| (c.line, c.id.0.as_u128())).collect();
        assert_eq!(changed, [(1, 2), (2, 1)]);
        let fields: Vec<&str> = found.changed[0].fields.iter().map(|c| c.field.as_str()).collect();
        assert_eq!(fields, ["name", "record"]);
        assert_eq!(found.changed[1].fields[0].after, "OFFICE");
        assert_eq!(found.new[0].line, 3);
        assert!(found.missing.is_empty());
    }

    #[test]
    fn what_was_entered_here_is_kept_and_the_rest_takes_its_place() {
        let live = Channel::Live { account: AccountId(Uuid::nil()) };
        let hook = Channel::Webhook { url: "https://example.org/a".into(), disabled: true };
        let old =
            vec![live.clone(), mail("old@example.org"), hook.clone(), phone("+228 1"), phone("fax +228 2")];
        let standing = [known(1, "Office", None, old)];
        let again = Channel::Webhook { url: "https://example.org/a".into(), disabled: false };
        let file = vec![again, mail("new@example.org"), mail("second@example.org"), phone("+228 1")];
        let found = compare(listing(vec![entry(1, "Office", None, file)]), &standing, |_| None);
        let after = found.changed[0].after.as_ref().expect("what would stand there");
        let expected = [
            live,
            mail("new@example.org"),
            mail("second@example.org"),
            hook,
            phone("+228 1"),
            phone("fax +228 2"),
        ];
        assert_eq!(after.channels, expected);
        assert_eq!(after.confirmed, None, "nobody has answered on the new channels");
        assert_eq!(after.languages, ["fr"], "of languages the file does not speak");
        let again = compare(
            listing(vec![entry(
                1,
                "Office",
                None,
                vec![mail("new@example.org"), mail("second@example.org")],
            )]),
            std::slice::from_ref(after),
            |_| None,
        );
        assert_eq!((again.changed.len(), again.unchanged.len()), (0, 1));
    }

    #[test]
    fn what_is_not_in_the_file_is_listed_and_twins_are_refused() {
        let standing =
            [known(1, "By hand", None, vec![]), known(2, "Registered", Some("CHM-NFP-TG-2-1"), vec![])];
        let twins = || {
            vec![
                entry(4, "One", Some("CHM-NFP-TG-3-1"), vec![]),
                entry(7, "Two", Some("CHM-NFP-TG-3-2"), vec![]),
            ]
        };
        let found = compare(listing(twins()), &standing, |_| None);
        assert_eq!(found.missing.len(), 2);
        assert_eq!((found.new.len(), found.unusable.len()), (1, 1));
        assert_eq!((found.unusable[0].line, found.unusable[0].why.contains("at 4")), (7, true));
        let register = Listing { of_records: true, ..listing(twins()) };
        let found = compare(register, &standing, |_| None);
        assert_eq!(found.missing.len(), 1, "what was entered by hand is no concern of a register");
        let refused = compare(listing(twins()), &standing, |_| Some(("addressee", "not yours".into())));
        assert_eq!((refused.new.len(), refused.unusable.len()), (0, 2));
    }
}
