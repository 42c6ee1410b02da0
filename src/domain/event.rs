//! What happened in an incident: the entries of its timeline. Codes and
//! values; sentences are made when shown.
//!
//! An event, once committed, is never rewritten. A change of shape is a new
//! version of its type, and old versions are lifted when read; a golden file
//! per type and version keeps the promise.

use super::{
    assessment::Assessment,
    audience::Audience,
    contact::{ChannelKind, Hop},
    duty::Addressee,
    id::{AccountId, ContactId, IncidentId, MessageId, Reference, ReportId, RunId, Seq},
    incident::{IncidentState, IncidentType, Mode, Significance},
    liability::LiabilityEntry,
    notice::{Change, Notice},
    report::{Gap, Report},
    run::{Circumstances, Deed, PinnedPlaybook, StepRung},
    state::StateCode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One entry of the log, as committed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Its place in the log.
    pub seq: Seq,
    /// Which incident.
    pub incident: IncidentId,
    /// Whether it is real.
    pub mode: Mode,
    /// Whose doing; absent for the house itself (timers).
    pub actor: Option<AccountId>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub occurred: Timestamp,
    /// When the actor knew of it.
    #[schema(value_type = String, format = DateTime)]
    pub known: Timestamp,
    /// When it was recorded here.
    #[schema(value_type = String, format = DateTime)]
    pub recorded: Timestamp,
    /// It happened elsewhere (by telephone, during an outage) and was entered
    /// afterwards with its own times.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub out_of_band: bool,
    /// Where words of people were erased since, as JSON pointers (RFC 6901).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<String>,
    /// What happened.
    #[serde(flatten)]
    pub body: Body,
}

/// An event decided on but not yet committed.
#[derive(Clone, PartialEq, Debug)]
pub struct NewEvent {
    /// Who may see it.
    pub audience: Audience,
    /// When it happened, if not now.
    pub occurred: Option<Timestamp>,
    /// When the actor knew of it, if not now.
    pub known: Option<Timestamp>,
    /// Whether it is entered afterwards.
    pub out_of_band: bool,
    /// What happened.
    pub body: Body,
}

/// When something happened that is entered afterwards: a call during an
/// outage, a fax that lay on a desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub occurred: Timestamp,
    /// When whoever enters it knew of it; the same moment when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub known: Option<Timestamp>,
}

/// A playbook that applies to an incident, pinned to its text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChosenPlaybook {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its title in English.
    pub title: String,
    /// Why it applies, weightiest first.
    pub why: Vec<PlaybookReason>,
}

/// Why a playbook applies: a code and its value, such as `class` and `A`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PlaybookReason {
    /// `audience`, `class`, `group`, `kind`, `pathway`, `environment` or `fallback`.
    pub code: String,
    /// What it is that fits; for `fallback`, what is not known.
    pub value: String,
}

/// A message that goes out with a notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct MessagePlan {
    /// Its id; a retry is the same id and the same bytes.
    pub id: MessageId,
    /// To which contact point.
    pub contact: ContactId,
    /// By which channel.
    pub channel: ChannelKind,
    /// SHA-256 of the bytes sent, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// How a notice comes to be issued: the rungs of the ladder that is climbed
/// while nobody answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// For the first time, or because something has changed.
    #[default]
    First,
    /// Again to the same contact point.
    Reminder,
    /// To the next contact point of the same kind.
    NextContact,
    /// To a contact point of the next kind.
    NextKind,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape `skip_serializing_if` wants")]
fn is_first(rung: &Rung) -> bool {
    *rung == Rung::First
}

/// What a call by a person came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The text was read to somebody who is in charge, or the fax went through.
    Reached,
    /// Nobody answered, or the line was busy.
    NoAnswer,
    /// The number belongs to somebody else or does not exist.
    WrongNumber,
}

/// A step of a run whose time has passed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct OverdueStep {
    /// In which run.
    pub run: RunId,
    /// Of which State; the instance's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// Which step, by its code.
    pub step: String,
    /// When it was due.
    #[schema(value_type = String, format = DateTime)]
    pub due: Timestamp,
    /// How loudly that is said.
    #[serde(default)]
    pub rung: StepRung,
    /// The State's contact points, as they were followed; of an escalation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<Hop>,
    /// The message, if the State has anybody to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessagePlan>,
    /// The same by other channels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<MessagePlan>,
    /// What is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Box<Notice>>,
}

/// A change that needs a second person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Proposed {
    /// Significant adverse effects are unlikely: notices stop (17.1).
    Significance {
        /// What is to hold.
        significance: Significance,
    },
    /// The incident is to end.
    State {
        /// The state it is to have.
        to: IncidentState,
        /// Whether States are told that the danger is over.
        all_clear: bool,
    },
}

/// Something that is still open when an incident is closed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct OpenItem {
    /// What kind of thing.
    pub code: OpenCode,
    /// Whose, or which field.
    pub of: String,
}

/// What can be open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenCode {
    /// An addressee has not been told.
    Notice,
    /// An addressee has not acknowledged.
    Acknowledgement,
    /// A consultation was never opened with a State that was told (17.4).
    Consultation,
    /// A consultation is under way.
    ConsultationClosing,
    /// An item of Article 17.3 is missing or doubtful.
    Gap,
    /// A proposal awaits a second person.
    Proposal,
}

/// Why an incident was assessed anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Cause {
    /// Data sets of the map were replaced, added or taken away.
    DataChanged {
        /// Which, as the assessments name them.
        layers: Vec<String>,
    },
    /// What is known of the occurrence has changed.
    FactsChanged,
    /// States of an incident that was merged into this one are told with it.
    Absorbed,
}

/// What happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    /// A report was received.
    ReportReceived {
        /// The report's id.
        report: ReportId,
        /// As it was sent.
        content: Box<Report>,
        /// What is missing or doubtful in it.
        gaps: Vec<Gap>,
    },
    /// An incident was opened, at once or under verification.
    IncidentOpened {
        /// What people call it. Given by the store at commit.
        reference: Option<Reference>,
        /// `open` or `under_verification`.
        state: IncidentState,
        /// Article 17, Article 25, domestic, or not yet classified.
        incident_type: IncidentType,
        /// The State under whose jurisdiction it happened.
        state_of_release: Option<StateCode>,
        /// The organism in one line.
        organism: Option<String>,
        /// The organism group the reach was taken for.
        group: String,
        /// The place in one line.
        place: Option<String>,
        /// Whether significant adverse effects are likely.
        significance: Significance,
        /// Since when the State of release has known: the clock of 17.1.
        #[schema(value_type = Option<String>, format = DateTime)]
        aware: Option<Timestamp>,
    },
    /// It was worked out who is in reach, and why.
    Assessed {
        /// The answer of the map.
        assessment: Box<Assessment>,
        /// Why it was worked out again; absent for the first assessment and
        /// where States that join are given the one that stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<Cause>,
    },
    /// Playbooks were chosen for a State's role.
    PlaybookChosen {
        /// `state_of_release` or `affected_state`.
        audience_role: String,
        /// In order.
        playbooks: Vec<ChosenPlaybook>,
    },
    /// The State where it happened was asked to verify a report.
    VerificationRequested {
        /// Which State; absent when none is known, then the instance's duty officer.
        state: Option<StateCode>,
        /// The chain as it was followed.
        hops: Vec<Hop>,
        /// The message, if there is anybody to tell.
        message: Option<MessagePlan>,
        /// The same by the other channels of the contact point.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<MessagePlan>,
        /// The report in short.
        notice: Box<Notice>,
        /// By when an answer is due.
        #[schema(value_type = String, format = DateTime)]
        due: Timestamp,
    },
    /// A report under verification was confirmed, given more time, or withdrawn.
    VerificationDecided {
        /// The state of the incident from now on.
        state: IncidentState,
        /// Why.
        reason: String,
        /// By when the next decision is due, when it was given more time.
        #[schema(value_type = Option<String>, format = DateTime)]
        due: Option<Timestamp>,
        /// Whether it was given back to whoever reported, to be mended.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        returned: bool,
    },
    /// Verification was due and nobody has decided: the instance's duty officer must.
    VerificationOverdue,
    /// Something is owed to an addressee that is not told by message: the
    /// Clearing-House, whose duty is met by a record of its own.
    DutyIdentified {
        /// To whom.
        addressee: Addressee,
        /// What is to be said.
        notice: Box<Notice>,
    },
    /// The record in the Clearing-House exists (17.1, 20.3).
    ClearingHouseInformed {
        /// Its id, such as `BCH-DEC-CH-123456-1`.
        record: String,
    },
    /// A notice was issued to an addressee. Carries the whole current notice,
    /// so that whoever joins late needs nothing from before.
    NoticeIssued {
        /// To whom.
        addressee: Addressee,
        /// The chain as it was followed.
        hops: Vec<Hop>,
        /// The message, if there is a contact point to tell.
        message: Option<MessagePlan>,
        /// The same by the other channels of the contact point.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<MessagePlan>,
        /// The message this one takes the place of.
        supersedes: Option<MessageId>,
        /// Why it is issued just now.
        #[serde(default, skip_serializing_if = "is_first")]
        rung: Rung,
        /// What is said.
        notice: Box<Notice>,
        /// By when an acknowledgement is awaited.
        #[schema(value_type = Option<String>, format = DateTime)]
        acknowledge_by: Option<Timestamp>,
    },
    /// Nobody can be told for an addressee: an alarm of the whole incident.
    AddresseeUnreachable {
        /// Whom.
        addressee: Addressee,
        /// The chain as it was followed.
        hops: Vec<Hop>,
    },
    /// A message reached its receiver.
    MessageDelivered {
        /// To whom.
        addressee: Addressee,
        /// Which message.
        message: MessageId,
    },
    /// An addressee acknowledged receipt. Receipt, not agreement.
    NoticeAcknowledged {
        /// Who.
        addressee: Addressee,
        /// What they said with it.
        note: Option<String>,
    },
    /// No acknowledgement came in time and the chain is at its end.
    AddresseeSilent {
        /// Who.
        addressee: Addressee,
    },
    /// An attempt to send a message begins.
    MessageSending {
        /// To whom.
        addressee: Addressee,
        /// Which message.
        message: MessageId,
        /// Which attempt this is, from 1.
        attempt: u32,
    },
    /// A message was handed over: the mail relay has taken it.
    MessageSent {
        /// To whom.
        addressee: Addressee,
        /// Which message.
        message: MessageId,
        /// What the other side answered, in short.
        detail: String,
    },
    /// A person has opened a message.
    MessageRead {
        /// To whom.
        addressee: Addressee,
        /// Which message.
        message: MessageId,
    },
    /// An attempt to send a message has failed.
    MessageFailed {
        /// To whom.
        addressee: Addressee,
        /// Which message.
        message: MessageId,
        /// Why, in short.
        detail: String,
        /// When it is tried again; absent when it is not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, format = DateTime)]
        retry_at: Option<Timestamp>,
    },
    /// A person called or faxed, and says what came of it.
    CallRecorded {
        /// Whom.
        addressee: Addressee,
        /// Which message was read out.
        message: MessageId,
        /// What came of it.
        outcome: CallOutcome,
        /// In words: who answered, in which office.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// The instance's own duty officer was told that an addressee cannot be
    /// reached or does not answer.
    EscalatedToInstance {
        /// Which addressee; absent when nobody has decided on a report.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Addressee>,
        /// The duty officer's contact points, as they were followed.
        hops: Vec<Hop>,
        /// The message, if the instance has anybody to tell.
        message: Option<MessagePlan>,
        /// The same by other channels.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<MessagePlan>,
        /// What is said.
        notice: Box<Notice>,
    },
    /// What is known of the occurrence has changed.
    FactsChanged {
        /// The report as it stands now.
        content: Box<Report>,
        /// What is different.
        changes: Vec<Change>,
        /// What is missing or doubtful now.
        gaps: Vec<Gap>,
        /// Why, or from where it is known.
        reason: String,
    },
    /// The incident is in another state.
    StateChanged {
        /// The state before.
        from: IncidentState,
        /// The state from now on.
        to: IncidentState,
        /// Why.
        reason: String,
        /// Whether the danger is said to be over.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all_clear: bool,
        /// What of the facts is still open when it ends. What is open between
        /// the State of release and others is theirs to know: see
        /// [`Body::LeftOpen`] and each State's own notice.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        still_open: Vec<OpenItem>,
    },
    /// A State has begun to work through a playbook.
    RunStarted {
        /// The run.
        run: RunId,
        /// Of which State; the instance's own when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<StateCode>,
        /// The text it follows.
        playbook: PinnedPlaybook,
        /// What was known of the occurrence.
        #[serde(default)]
        circumstances: Circumstances,
    },
    /// Somebody did something in a run.
    DeedRecorded {
        /// In which run.
        run: RunId,
        /// Of which State; the instance's own when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<StateCode>,
        /// What.
        #[serde(flatten)]
        deed: Deed,
    },
    /// A run follows another text from now on: what a person has adopted of a
    /// newer version.
    PlaybookAdopted {
        /// Which run.
        run: RunId,
        /// Of which State; the instance's own when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<StateCode>,
        /// The text it follows from now on.
        playbook: PinnedPlaybook,
        /// The text it followed until now, by its hash.
        from: String,
        /// What was adopted, by the codes of the changes.
        changes: Vec<String>,
    },
    /// The time of a step has passed, and it is not done.
    StepOverdue(Box<OverdueStep>),
    /// A run has ended; what was not done is left.
    RunEnded {
        /// Which.
        run: RunId,
        /// Of which State; the instance's own when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<StateCode>,
        /// Why.
        reason: String,
    },
    /// What is still open as the incident ends, for whoever is in charge.
    LeftOpen {
        /// All of it.
        items: Vec<OpenItem>,
    },
    /// The incident is another kind of case.
    TypeChanged {
        /// The type before.
        from: IncidentType,
        /// The type from now on.
        to: IncidentType,
        /// Why.
        reason: String,
    },
    /// It was said anew whether significant adverse effects are likely.
    SignificanceChanged {
        /// From now on.
        significance: Significance,
    },
    /// Somebody proposes what needs a second person.
    ChangeProposed {
        /// Which proposal of this incident, from 1.
        number: u32,
        /// What.
        #[serde(flatten)]
        change: Proposed,
        /// Why.
        reason: String,
        /// By when it must be decided.
        #[schema(value_type = String, format = DateTime)]
        due: Timestamp,
    },
    /// A proposal was decided on by a second person, or its time has run out.
    ProposalDecided {
        /// Which proposal.
        number: u32,
        /// Whether it holds.
        approved: bool,
        /// Why; what is to be mended when it was returned.
        reason: String,
    },
    /// The State of release, or the instance, names addressees by itself.
    AddresseesNamed {
        /// Whom.
        addressees: Vec<Addressee>,
        /// Why.
        reason: String,
    },
    /// Whether the States told see which others were told.
    SharingChanged {
        /// From now on.
        told_see_each_other: bool,
        /// Why.
        reason: String,
    },
    /// Another incident was found to be the same occurrence and goes on in
    /// this one.
    Absorbed {
        /// Which.
        absorbed: IncidentId,
        /// Its reference, which stays valid.
        reference: Option<Reference>,
        /// Why.
        reason: String,
    },
    /// This incident goes on in another one.
    MergedInto {
        /// In which.
        into: IncidentId,
        /// Its reference.
        reference: Option<Reference>,
        /// Why.
        reason: String,
    },
    /// The State of release and a State told begin to consult (17.4).
    ConsultationOpened {
        /// With which State.
        addressee: Addressee,
    },
    /// One of the two sides says something. Sealed: for the two sides only.
    ConsultationSaid {
        /// With which State.
        addressee: Addressee,
        /// Which side speaks.
        side: StateCode,
        /// What.
        text: String,
    },
    /// The two sides have agreed on measures. Sealed.
    MeasuresAgreed {
        /// With which State.
        addressee: Addressee,
        /// Which.
        text: String,
    },
    /// A consultation has ended.
    ConsultationClosed {
        /// With which State.
        addressee: Addressee,
    },
    /// An addressee says what it does about it.
    ResponseRecorded {
        /// Who.
        addressee: Addressee,
        /// What.
        text: String,
    },
    /// A State told has assessed the effects itself.
    StateAssessed {
        /// Who.
        addressee: Addressee,
        /// Whether significant adverse effects are likely there, by its own account.
        significance: Significance,
        /// On what grounds.
        text: String,
    },
    /// A State records operators, damage, measures or costs (Supplementary
    /// Protocol, Art. 5).
    LiabilityRecorded {
        /// Which State.
        state: StateCode,
        /// What.
        entry: LiabilityEntry,
    },
    /// Somebody notes something down.
    NoteAdded {
        /// What.
        text: String,
    },
    /// The earliest time has come at which the organism may have arrived.
    ArrivalPossible {
        /// Where.
        addressee: Addressee,
    },
    /// Words of people in an earlier event were erased: that event and its
    /// salt are gone, its leaf and a stand-in without the words remain.
    WordsErased {
        /// Which event.
        event: Seq,
        /// Where they stood, as JSON pointers (RFC 6901).
        fields: Vec<String>,
        /// SHA-256 of the stand-in, in hexadecimal.
        digest: String,
        /// Whether the bytes of the messages that went out with it were erased.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        messages: bool,
        /// Why.
        reason: String,
    },
    /// The payload was erased by a logged decision; the leaf still stands.
    Erased {
        /// What it had been.
        was: String,
    },
}

impl Body {
    /// The type as written in the `type` field.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ReportReceived { .. } => "report_received",
            Self::IncidentOpened { .. } => "incident_opened",
            Self::Assessed { .. } => "assessed",
            Self::PlaybookChosen { .. } => "playbook_chosen",
            Self::VerificationRequested { .. } => "verification_requested",
            Self::VerificationDecided { .. } => "verification_decided",
            Self::VerificationOverdue => "verification_overdue",
            Self::DutyIdentified { .. } => "duty_identified",
            Self::ClearingHouseInformed { .. } => "clearing_house_informed",
            Self::NoticeIssued { .. } => "notice_issued",
            Self::AddresseeUnreachable { .. } => "addressee_unreachable",
            Self::MessageDelivered { .. } => "message_delivered",
            Self::NoticeAcknowledged { .. } => "notice_acknowledged",
            Self::AddresseeSilent { .. } => "addressee_silent",
            Self::MessageSending { .. } => "message_sending",
            Self::MessageSent { .. } => "message_sent",
            Self::MessageRead { .. } => "message_read",
            Self::MessageFailed { .. } => "message_failed",
            Self::CallRecorded { .. } => "call_recorded",
            Self::EscalatedToInstance { .. } => "escalated_to_instance",
            Self::FactsChanged { .. } => "facts_changed",
            Self::StateChanged { .. } => "state_changed",
            Self::LeftOpen { .. } => "left_open",
            Self::RunStarted { .. } => "run_started",
            Self::DeedRecorded { .. } => "deed_recorded",
            Self::PlaybookAdopted { .. } => "playbook_adopted",
            Self::StepOverdue(_) => "step_overdue",
            Self::RunEnded { .. } => "run_ended",
            Self::TypeChanged { .. } => "type_changed",
            Self::SignificanceChanged { .. } => "significance_changed",
            Self::ChangeProposed { .. } => "change_proposed",
            Self::ProposalDecided { .. } => "proposal_decided",
            Self::AddresseesNamed { .. } => "addressees_named",
            Self::SharingChanged { .. } => "sharing_changed",
            Self::Absorbed { .. } => "absorbed",
            Self::MergedInto { .. } => "merged_into",
            Self::ConsultationOpened { .. } => "consultation_opened",
            Self::ConsultationSaid { .. } => "consultation_said",
            Self::MeasuresAgreed { .. } => "measures_agreed",
            Self::ConsultationClosed { .. } => "consultation_closed",
            Self::ResponseRecorded { .. } => "response_recorded",
            Self::StateAssessed { .. } => "state_assessed",
            Self::LiabilityRecorded { .. } => "liability_recorded",
            Self::NoteAdded { .. } => "note_added",
            Self::ArrivalPossible { .. } => "arrival_possible",
            Self::WordsErased { .. } => "words_erased",
            Self::Erased { .. } => "erased",
        }
    }

    /// Whether it changes what people edit: the revision of the incident.
    pub fn is_edit(&self) -> bool {
        matches!(
            self,
            Self::ReportReceived { .. }
                | Self::IncidentOpened { .. }
                | Self::VerificationDecided { .. }
                | Self::FactsChanged { .. }
                | Self::StateChanged { .. }
                | Self::TypeChanged { .. }
                | Self::SignificanceChanged { .. }
                | Self::ChangeProposed { .. }
                | Self::ProposalDecided { .. }
                | Self::SharingChanged { .. }
                | Self::Absorbed { .. }
                | Self::MergedInto { .. }
                | Self::WordsErased { .. }
        )
    }

    /// Whether it is only about how far a message has got: it changes the
    /// message, not the incident.
    pub fn is_progress(&self) -> bool {
        matches!(self, Self::MessageSending { .. } | Self::MessageSent { .. } | Self::MessageFailed { .. })
    }

    /// The messages that go out with it.
    pub fn messages(&self) -> impl Iterator<Item = &MessagePlan> {
        let (first, also): (Option<&MessagePlan>, &[MessagePlan]) = match self {
            Self::NoticeIssued { message, also, .. }
            | Self::VerificationRequested { message, also, .. }
            | Self::EscalatedToInstance { message, also, .. } => (message.as_ref(), also),
            Self::StepOverdue(step) => (step.message.as_ref(), &step.also),
            _ => (None, &[]),
        };
        first.into_iter().chain(also)
    }

    /// The version of the shape written today.
    pub fn version(&self) -> u16 {
        1
    }
}
