//! What falls due. Timers are rows; nothing sleeps until a due time. One loop
//! calls [`Desk::tick`], which decides again on today's state of each incident,
//! so that an old timer never wakes what has ended since.

use super::{Desk, DeskError};
use crate::{
    domain::{
        account::Viewer,
        decision::{self, Timer},
        event::Body,
        id::{ContactId, Seq},
        incident::Incident,
        notice::Notice,
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
        let incident = self.store.incident(&Viewer::House, due.incident)?.ok_or(DeskError::NotFound)?;
        let (tried, last) = self.told_so_far(&incident, &due.timer)?;
        let decision = self.with_facts(now, |facts| {
            decision::fall_due(&incident, &due.timer, &tried, last.as_ref(), facts)
        })?;
        self.commit(&Viewer::House, now, decision, Vec::new(), None, None).map(|_| ())
    }

    /// The contact points already told for a timer's addressee, and the notice
    /// they were sent.
    fn told_so_far(
        &self,
        incident: &Incident,
        timer: &Timer,
    ) -> Result<(Vec<ContactId>, Option<Notice>), DeskError> {
        let Timer::Acknowledgement { addressee: awaited } = timer else { return Ok((Vec::new(), None)) };
        let (mut tried, mut last, mut after) = (Vec::new(), None, Seq(0));
        loop {
            let page = self.store.timeline(&Viewer::House, incident.id, after, PAGE)?;
            let Some(end) = page.last().map(|event| event.seq) else { return Ok((tried, last)) };
            after = end;
            for event in page {
                if let Body::NoticeIssued { addressee, hops, notice, .. } = event.body
                    && addressee == *awaited
                {
                    tried.extend(hops.iter().map(|hop| hop.contact));
                    last = Some(*notice);
                }
            }
        }
    }
}
