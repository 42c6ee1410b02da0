//! What falls due. Timers are rows; nothing sleeps until a due time. One loop
//! calls [`Desk::tick`], which decides again on today's state of each incident,
//! so that an old timer never wakes what has ended since.

use super::{Desk, DeskError};
use crate::{
    domain::{
        account::Viewer,
        decision::{self, Timer, Told},
        event::Body,
        id::Seq,
        incident::Incident,
    },
    store::{DueTimer, PAGE, StoreError},
};
use jiff::Timestamp;
use std::sync::atomic::Ordering;

impl Desk {
    /// Does what is due at `now`; returns how many timers were settled. Each
    /// fires once: settling a timer removes or replaces its row in the same
    /// transaction as the events that follow from it.
    pub fn tick(&self, now: Timestamp) -> Result<usize, DeskError> {
        let due = self.store.due(now, PAGE)?;
        if let Err(error) = self.sweep_files(now) {
            tracing::warn!(%error, "files that nothing refers to were not taken away");
        }
        let settled = due.len();
        for timer in due {
            if timer.timer == Timer::Reassessment {
                // Whoever changes layers assesses the incidents anew itself.
                if !self.importing.load(Ordering::SeqCst) {
                    self.settle_reassessment(timer.incident, now);
                }
                continue;
            }
            match self.settle(&timer, now) {
                // Somebody changed the incident just now; the next tick decides again.
                Err(DeskError::Store(StoreError::Conflict)) => {}
                other => other?,
            }
        }
        Ok(settled)
    }

    fn settle(&self, due: &DueTimer, now: Timestamp) -> Result<(), DeskError> {
        if let Timer::Run { run } = due.timer {
            return self.settle_run(due.incident, run, now);
        }
        if let Timer::Merging { absorbed } = due.timer {
            return self.finish_merger(&Viewer::House, due.incident, absorbed);
        }
        let incident = self.store.incident(&Viewer::House, due.incident)?.ok_or(DeskError::NotFound)?;
        let told = self.told_so_far(&incident, &due.timer)?;
        let stored = incident.facts.is_some().then(|| self.stored_case(&incident)).transpose()?;
        let case = stored.as_ref().map(super::StoredCase::case);
        let decision = self.with_facts(now, |facts| {
            decision::fall_due(&incident, &due.timer, &told, case.as_ref(), facts)
        })?;
        let texts = stored.map(|stored| stored.texts).unwrap_or_default();
        self.commit(&Viewer::House, now, decision, texts, None).map(|_| ())
    }

    /// What a timer's addressee was told so far.
    fn told_so_far(&self, incident: &Incident, timer: &Timer) -> Result<Told, DeskError> {
        let Timer::Acknowledgement { addressee: awaited } = timer else { return Ok(Told::default()) };
        let messages = self.store.messages(&Viewer::House, incident.id)?;
        let mut told = Told {
            messages: messages.into_iter().filter(|message| message.addressee == *awaited).collect(),
            ..Told::default()
        };
        let mut after = Seq(0);
        loop {
            let page = self.store.timeline(&Viewer::House, incident.id, after, PAGE)?;
            let Some(end) = page.last().map(|event| event.seq) else { return Ok(told) };
            after = end;
            for event in page {
                if let Body::NoticeIssued { addressee, hops, notice, .. } = event.body
                    && addressee == *awaited
                {
                    told.last = hops.last().map(|hop| (hop.contact, hop.kind));
                    told.tried.extend(hops.iter().map(|hop| hop.contact));
                    told.notice = Some(*notice);
                }
            }
        }
    }
}
