//! Reports that somebody has begun and not sent.

use super::{Desk, DeskError, Preview, files::FileRefusal};
use crate::{
    domain::{
        account::{Account, Action, can},
        decision::{Foreseen, foresee},
        draft::{LARGEST_DRAFT, MOST_DRAFTS, ReportDraft},
        id::{DraftId, IncidentId},
        report::Report,
    },
    proof::digest_hex,
    store::Idempotency,
};
use std::collections::BTreeMap;

/// What a report would come to, and what it would do.
#[derive(Clone, PartialEq, Debug)]
pub struct Outlook {
    /// Who is in reach, and what is missing.
    pub preview: Preview,
    /// Who would be told, and when.
    pub foreseen: Foreseen,
}

impl Desk {
    /// The reports this account has begun, last changed first.
    pub fn drafts(&self, account: &Account) -> Result<Vec<ReportDraft>, DeskError> {
        can(&account.viewer(), Action::Submit, None)?;
        let now = self.clock.now();
        let mut drafts = self.store.drafts(account.id)?;
        drafts.retain(|draft| !draft.is_stale(now) && draft.sent.is_none());
        Ok(drafts)
    }

    /// One of them.
    pub fn draft(&self, account: &Account, id: DraftId) -> Result<ReportDraft, DeskError> {
        can(&account.viewer(), Action::Submit, None)?;
        let drafts = self.store.drafts(account.id)?.into_iter();
        drafts.into_iter().find(|draft| draft.id == id).ok_or(DeskError::NotFound)
    }

    /// Begins a report. What was begun long ago, or too many reports ago, is
    /// given up.
    pub fn begin_draft(
        &self,
        account: &Account,
        answers: BTreeMap<String, String>,
    ) -> Result<ReportDraft, DeskError> {
        can(&account.viewer(), Action::Submit, None)?;
        let now = self.clock.now();
        let standing = self.store.drafts(account.id)?;
        let old =
            standing.iter().enumerate().filter(|(at, draft)| *at + 1 >= MOST_DRAFTS || draft.is_stale(now));
        for (_, draft) in old {
            self.store.drop_draft(account.id, draft.id)?;
        }
        self.keep(ReportDraft {
            id: DraftId(self.entropy.id(now)),
            account: account.id,
            changed: now,
            answers,
            sent: None,
        })
    }

    /// Keeps further answers; one left empty is taken back.
    pub fn keep_answers(
        &self,
        account: &Account,
        id: DraftId,
        answers: BTreeMap<String, String>,
    ) -> Result<ReportDraft, DeskError> {
        let mut draft = self.draft(account, id)?;
        draft.answers.extend(answers);
        draft.answers.retain(|_, text| !text.trim().is_empty());
        draft.changed = self.clock.now();
        self.keep(draft)
    }

    fn keep(&self, draft: ReportDraft) -> Result<ReportDraft, DeskError> {
        let size: usize = draft.answers.iter().map(|(name, text)| name.len() + text.len()).sum();
        if size > LARGEST_DRAFT {
            return Err(FileRefusal::TooLarge(LARGEST_DRAFT).into());
        }
        self.store.save_draft(&draft)?;
        Ok(draft)
    }

    /// Gives a begun report up.
    pub fn drop_draft(&self, account: &Account, id: DraftId) -> Result<(), DeskError> {
        let draft = self.draft(account, id)?;
        Ok(self.store.drop_draft(account.id, draft.id)?)
    }

    /// What a report would come to and do, worked out as if it were sent now.
    pub fn foresee(&self, account: &Account, report: &Report) -> Result<Outlook, DeskError> {
        let viewer = account.viewer();
        let preview = self.preview(&viewer, report)?;
        let foreseen = self.with_facts(self.clock.now(), |facts| {
            foresee(report, &preview.assessment, &viewer, self.settings.two_persons, facts)
        })?;
        Ok(Outlook { preview, foreseen })
    }

    /// Sends a begun report; gives the incident it opened. Sent again it gives
    /// the same incident.
    pub fn send_draft(
        &self,
        account: &Account,
        id: DraftId,
        report: &Report,
    ) -> Result<IncidentId, DeskError> {
        let draft = self.draft(account, id)?;
        if let Some(incident) = draft.sent {
            return Ok(incident);
        }
        let body = digest_hex(&serde_json::to_vec(report).unwrap_or_default());
        let once = Idempotency { account: account.id, route: "drafts", key: id.to_string(), body };
        let incident = self.submit(&account.viewer(), report, Some(&once))?.receipt.incident;
        // Only that it was sent is kept.
        self.keep(ReportDraft { answers: BTreeMap::new(), sent: Some(incident), ..draft })?;
        Ok(incident)
    }
}
