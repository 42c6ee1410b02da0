//! Identifiers, timestamps and variables of CACAO, made of nothing but what
//! is written.

use crate::playbook::Playbook;
use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

/// The namespace of every identifier made here: the version 5 UUID of
/// `https://outcross.invalid/cacao` in the namespace of URLs (RFC 9562).
fn namespace() -> Uuid {
    version_5(Uuid::NAMESPACE_URL, "https://outcross.invalid/cacao")
}

/// A UUID of version 5. The schema refuses versions above 5.
fn version_5(space: Uuid, name: &str) -> Uuid {
    let digest = Sha1::new().chain_update(space.as_bytes()).chain_update(name.as_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    Builder::from_sha1_bytes(bytes).into_uuid()
}

/// The identifier of an object of this type; the parts are what tells it from
/// others of the type.
pub(super) fn identifier(kind: &str, parts: &[&str]) -> String {
    // A line break stands in no code, so different parts give different names.
    format!("{kind}--{}", version_5(namespace(), &format!("{kind}\n{}", parts.join("\n"))))
}

/// The identifier of a playbook: the same for all its versions.
pub(super) fn playbook_id(id: &str) -> String {
    identifier("playbook", &[id])
}

/// The identifier of a node of the workflow: of playbook, version, hash, the
/// code of the step and what the node does for it.
pub(super) fn node(playbook: &Playbook, kind: &str, code: &str, part: &str) -> String {
    identifier(kind, &[&playbook.id, &playbook.version.to_string(), &playbook.hash, code, part])
}

/// The identifier of the extension definition that carries what CACAO has no
/// place for.
pub fn extension_id() -> String {
    identifier("extension-definition", &["emergency-measures"])
}

/// The maker of exported playbooks, a STIX identity: the program.
pub(super) fn maker() -> String {
    identifier("identity", &["outcross"])
}

/// The variable of a fact. Names of variables begin with a letter; capitals
/// stand in no code, so no two facts share a variable.
pub(super) fn variable(fact: &str) -> String {
    const LONGEST: usize = 190;
    if fact.len() > LONGEST {
        return format!("__L-{}__", version_5(namespace(), fact));
    }
    if fact.starts_with(|c: char| c.is_ascii_alphabetic()) {
        format!("__{fact}__")
    } else {
        format!("__F-{fact}__")
    }
}

/// When a version of a playbook was made, for want of a date: playbooks have
/// none. Version 1 stands at the first instant of 2026 (UTC), every further
/// version one second later, so that a newer version is a later one. It is an
/// order, not a date on which something happened.
pub(super) fn instant(version: u32) -> String {
    let first: jiff::Timestamp = FIRST.parse().unwrap_or_default();
    let later = jiff::SignedDuration::from_secs(i64::from(version.saturating_sub(1)));
    let at = first.checked_add(later).unwrap_or(first);
    at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// The instant of version 1.
pub(super) const FIRST: &str = "2026-01-01T00:00:00.000Z";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_5_is_that_of_the_standard() {
        // RFC 9562, A.4: the name www.example.com in the namespace of domain names.
        let known = version_5(Uuid::NAMESPACE_DNS, "www.example.com");
        assert_eq!(known.to_string(), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
        assert_eq!(instant(1), FIRST);
        assert_eq!(instant(3), "2026-01-01T00:00:02.000Z");
    }

    #[test]
    fn no_two_facts_share_a_variable() {
        assert_eq!(variable("seen"), "__seen__");
        assert_eq!(variable("1a"), "__F-1a__");
        assert_ne!(variable("_1a"), variable("1a"));
        assert_eq!(variable(&"a".repeat(400)).len(), 42);
    }
}
