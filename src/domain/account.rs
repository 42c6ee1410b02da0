//! Accounts: who signs in, and what each may do. Deny by default; the table
//! [`allows`] is the whole rule and is tested cell by cell.

use super::{id::AccountId, state::StateCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Manages accounts and contact points; reads no incident.
    Administrator,
    /// On watch, for a State or for the instance.
    DutyOfficer,
    /// Receives and acknowledges notices for a State (Art. 17.2).
    ContactPoint,
    /// Competent national authority (Art. 19).
    CompetentAuthority,
    /// Works a playbook in the field.
    Responder,
    /// Reviews what happened.
    Ministry,
    /// Reports what it found: a laboratory, an inspector.
    Reporter,
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 7] = [
        Self::Administrator,
        Self::DutyOfficer,
        Self::ContactPoint,
        Self::CompetentAuthority,
        Self::Responder,
        Self::Ministry,
        Self::Reporter,
    ];
}

/// Something an account may want to do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// Submit a report about any place.
    Submit,
    /// Assess a place without storing anything.
    Preview,
    /// Read incidents; which events of them is the audience's matter.
    ReadIncidents,
    /// Say that a message to a State has arrived.
    Receive,
    /// Acknowledge a notice for a State.
    Acknowledge,
    /// Open, extend or withdraw an incident under verification.
    Verify,
    /// Read the contact points.
    ReadContacts,
    /// Change the contact points of a State.
    EditContacts,
    /// Create accounts and tokens of a State.
    ManageAccounts,
    /// Read the playbooks: plans for emergency response are never
    /// confidential (Art. 21.6(d)).
    ReadPlaybooks,
    /// Replace, add and take away layers of the map: a record of the instance.
    ManageLayers,
    /// Change facts, state, type, significance and addressees of an incident;
    /// record calls.
    Steer,
    /// Decide, as a second person, on what another one proposed.
    Approve,
    /// Work through a playbook for a State.
    FollowPlaybook,
    /// Write notes into a timeline.
    Note,
    /// Send a test of the line to everybody.
    TestReachability,
    /// Say what had been sent before a backup was restored, so that the rest
    /// goes out.
    ReleaseOutbox,
}

impl Action {
    /// Every action, in the order of the table.
    pub const ALL: [Self; 17] = [
        Self::Submit,
        Self::Preview,
        Self::ReadIncidents,
        Self::Receive,
        Self::Acknowledge,
        Self::Verify,
        Self::ReadContacts,
        Self::EditContacts,
        Self::ManageAccounts,
        Self::ReadPlaybooks,
        Self::ManageLayers,
        Self::Steer,
        Self::Approve,
        Self::FollowPlaybook,
        Self::Note,
        Self::TestReachability,
        Self::ReleaseOutbox,
    ];
}

/// Who signs in. Belongs to a State or, without one, to the instance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name of the office or person.
    pub name: String,
    /// The State it belongs to; absent for the instance's own accounts.
    pub state: Option<StateCode>,
    /// What it is for.
    pub role: Role,
    /// The person who uses it, by a name that is that person's on this
    /// instance. Two accounts of one person name the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// When it was created.
    #[schema(value_type = String, format = DateTime)]
    pub created: Timestamp,
    /// By which account; absent for the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<AccountId>,
    /// When it was erased: it names nobody from then on, and nobody signs in
    /// with it. What it did remains its doing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub erased: Option<Timestamp>,
}

/// Why an account may not approve what another one proposed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotIndependent {
    /// An account that stands for nobody in particular cannot take part.
    #[error("this account names no person; what two persons must decide needs accounts that do")]
    NoPerson,
    /// The same account, or another account of the same person.
    #[error("nobody approves their own proposal: it takes another person")]
    SamePerson,
    /// One of them made the other's account.
    #[error(
        "whoever created the account of the one who proposed may not approve, nor the other way round: it takes somebody else"
    )]
    OwnAdministrator,
}

/// Whether `approver` is somebody else than `doer`: compared are persons, not
/// accounts. `makers` are the accounts that created the doer's and the
/// approver's, where they are known.
pub fn check_independent(
    doer: &Account,
    approver: &Account,
    makers: (Option<&Account>, Option<&Account>),
) -> Result<(), NotIndependent> {
    let person = |account: &Account| {
        let name = account.person.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
        Some(name.join(" ").to_lowercase()).filter(|name| !name.is_empty())
    };
    let (Some(one), Some(other)) = (person(doer), person(approver)) else {
        return Err(NotIndependent::NoPerson);
    };
    if doer.id == approver.id || one == other {
        return Err(NotIndependent::SamePerson);
    }
    let made = |account: &Account, maker: Option<&Account>, by: &Account, by_person: &str| {
        account.created_by == Some(by.id) || maker.and_then(person).as_deref() == Some(by_person)
    };
    if made(doer, makers.0, approver, &other) || made(approver, makers.1, doer, &one) {
        return Err(NotIndependent::OwnAdministrator);
    }
    Ok(())
}

/// The account a reader reads as. Every read verb of the store demands one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Viewer {
    /// A signed-in account.
    Account {
        /// Which.
        id: AccountId,
        /// Its State, or the instance.
        state: Option<StateCode>,
        /// Its role.
        role: Role,
    },
    /// The house itself: the desk deciding and the hub encoding. Made only in
    /// `desk` and `alert`; what it reads is filtered again before anyone sees
    /// it.
    House,
}

impl Account {
    /// The account without whom it stood for.
    #[must_use]
    pub fn erased(self, at: Timestamp) -> Self {
        Self { name: String::new(), person: None, erased: Some(at), ..self }
    }

    /// The viewer this account is.
    pub fn viewer(&self) -> Viewer {
        Viewer::Account { id: self.id, state: self.state, role: self.role }
    }
}

impl Viewer {
    /// The account, unless it is the house.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Account { id, .. } => Some(*id),
            Self::House => None,
        }
    }

    /// The State, unless it is the house or the instance's.
    pub fn state(&self) -> Option<StateCode> {
        match self {
            Self::Account { state, .. } => *state,
            Self::House => None,
        }
    }

    /// Whether it belongs to the instance and may read incidents: it sees
    /// what every State sees. A reporter without a State sees its own reports
    /// only.
    pub fn is_instance_reader(&self) -> bool {
        match self {
            Self::Account { state: None, role, .. } => {
                *role != Role::Reporter && allows(*role, Action::ReadIncidents)
            }
            Self::Account { .. } => false,
            Self::House => true,
        }
    }
}

/// Why something is not allowed, for the person who tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Denial {
    /// The role does not do that.
    #[error("the role of this account does not allow it")]
    Role,
    /// The role does, but only for its own State.
    #[error("this account may do that for its own State only")]
    OtherState,
}

/// The table: what a role may do at home. Anything not listed is denied.
pub fn allows(role: Role, action: Action) -> bool {
    use Action as A;
    let allowed: &[Action] = match role {
        Role::Administrator => &[
            A::Preview,
            A::ReadContacts,
            A::EditContacts,
            A::ManageAccounts,
            A::ReadPlaybooks,
            A::ManageLayers,
            A::TestReachability,
            A::ReleaseOutbox,
        ],
        Role::DutyOfficer => &[
            A::Submit,
            A::Preview,
            A::ReadIncidents,
            A::Receive,
            A::Acknowledge,
            A::Verify,
            A::ReadContacts,
            A::EditContacts,
            A::ReadPlaybooks,
            A::Steer,
            A::Approve,
            A::FollowPlaybook,
            A::Note,
            A::TestReachability,
            A::ReleaseOutbox,
        ],
        Role::ContactPoint | Role::CompetentAuthority => &[
            A::Submit,
            A::Preview,
            A::ReadIncidents,
            A::Receive,
            A::Acknowledge,
            A::Verify,
            A::ReadContacts,
            A::ReadPlaybooks,
            A::Steer,
            A::Approve,
            A::FollowPlaybook,
            A::Note,
        ],
        Role::Responder => {
            &[A::Submit, A::Preview, A::ReadIncidents, A::ReadPlaybooks, A::FollowPlaybook, A::Note]
        }
        Role::Reporter => &[A::Submit, A::Preview, A::ReadIncidents, A::ReadPlaybooks],
        Role::Ministry => {
            &[A::Preview, A::ReadIncidents, A::ReadContacts, A::ReadPlaybooks, A::Approve, A::Note]
        }
    };
    allowed.contains(&action)
}

/// Whether `viewer` may do `action` for the State `subject` (`None`: it
/// concerns no State in particular, or the instance). An account of the
/// instance may act for any State; one of a State only for its own.
pub fn can(viewer: &Viewer, action: Action, subject: Option<StateCode>) -> Result<(), Denial> {
    let Viewer::Account { state, role, .. } = viewer else { return Ok(()) };
    if !allows(*role, action) {
        return Err(Denial::Role);
    }
    // Changing records of the instance itself takes an account of the instance.
    let own_only = matches!(
        action,
        Action::Receive
            | Action::Acknowledge
            | Action::Verify
            | Action::EditContacts
            | Action::ManageAccounts
            | Action::ManageLayers
            | Action::Steer
            | Action::Approve
            | Action::FollowPlaybook
            | Action::TestReachability
            | Action::ReleaseOutbox
    );
    match (own_only, state, subject) {
        (false, ..) | (true, None, _) => Ok(()),
        (true, Some(home), Some(other)) if *home == other => Ok(()),
        (true, Some(_), _) => Err(Denial::OtherState),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix as a person would draw it: rows as in `Role::ALL`, columns
    /// as in `Action::ALL`.
    const MATRIX: [&str; 7] = [
        ".x....xxxxx....xx",
        "xxxxxxxx.x.xxxxxx",
        "xxxxxxx..x.xxxx..",
        "xxxxxxx..x.xxxx..",
        "xxx......x...xx..",
        ".xx...x..x..x.x..",
        "xxx......x.......",
    ];

    #[test]
    fn every_cell_of_the_table_is_as_drawn() {
        for (role, row) in Role::ALL.iter().zip(MATRIX) {
            for (action, cell) in Action::ALL.iter().zip(row.chars()) {
                assert_eq!(allows(*role, *action), cell == 'x', "{role:?} {action:?}");
            }
        }
    }

    fn named(number: u128, person: Option<&str>, created_by: Option<u128>) -> Account {
        let id = |number| AccountId(uuid::Uuid::from_u128(number));
        Account {
            id: id(number),
            name: "Office".into(),
            state: None,
            role: Role::DutyOfficer,
            person: person.map(str::to_owned),
            created: Timestamp::UNIX_EPOCH,
            created_by: created_by.map(id),
            erased: None,
        }
    }

    #[test]
    fn it_takes_another_person_not_another_account() {
        let administrator = named(1, Some("Ada Kone"), None);
        let second_of_hers = named(2, Some("ada  kone"), Some(9));
        let doer = named(3, Some("Bo Lindt"), Some(1));
        let other = named(4, Some("Chen Wei"), Some(1));
        let nobody = named(5, None, Some(1));
        let puppet = named(6, Some("Dee Dee"), Some(3));
        let check = |approver: &Account| {
            let made_by = if approver.created_by == Some(doer.id) { &doer } else { &administrator };
            check_independent(&doer, approver, (Some(&administrator), Some(made_by)))
        };
        assert_eq!(check(&other), Ok(()));
        assert_eq!(check(&nobody), Err(NotIndependent::NoPerson));
        assert_eq!(check(&doer), Err(NotIndependent::SamePerson));
        assert_eq!(check(&named(7, Some("BO LINDT"), Some(1))), Err(NotIndependent::SamePerson));
        assert_eq!(check(&administrator), Err(NotIndependent::OwnAdministrator));
        assert_eq!(check(&second_of_hers), Err(NotIndependent::OwnAdministrator), "her other account");
        assert_eq!(check(&puppet), Err(NotIndependent::OwnAdministrator), "made by the doer");
    }

    #[test]
    fn a_state_account_acts_for_its_own_state_only() {
        let ch: StateCode = "CH".parse().expect("code");
        let de: StateCode = "DE".parse().expect("code");
        let id = AccountId(uuid::Uuid::nil());
        for role in Role::ALL {
            let home = Viewer::Account { id, state: Some(ch), role };
            let instance = Viewer::Account { id, state: None, role };
            for action in [
                Action::Receive,
                Action::Acknowledge,
                Action::Verify,
                Action::EditContacts,
                Action::ManageAccounts,
                Action::ManageLayers,
                Action::Steer,
                Action::Approve,
                Action::FollowPlaybook,
                Action::TestReachability,
                Action::ReleaseOutbox,
            ] {
                let expected = allows(role, action);
                assert_eq!(can(&home, action, Some(ch)).is_ok(), expected, "{role:?} {action:?}");
                assert!(can(&home, action, Some(de)).is_err(), "{role:?} {action:?} elsewhere");
                assert!(can(&home, action, None).is_err(), "{role:?} {action:?} for the instance");
                assert_eq!(can(&instance, action, Some(de)).is_ok(), expected, "{role:?} {action:?}");
            }
        }
    }
}
