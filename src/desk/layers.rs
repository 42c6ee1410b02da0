//! Layers of the map: added, replaced and taken away while the server runs.
//! Read beside the atlas in use, stored, swapped whole; then every incident
//! that has not ended is assessed anew, each in a commit of its own. The
//! layer's transaction leaves a timer with every such incident, so that what a
//! crash interrupts is finished after the next start.

use super::{Asked, Desk, DeskError};
use crate::{
    domain::{
        account::{Action, Viewer, can},
        decision::{Decision, Timer, TimerAt},
        id::{IncidentId, LayerId},
        incident::Mode,
        layer::LayerKind,
        reassessment::{self, Anew},
        state::StateSet,
    },
    geo::{
        NotTaken, Shelved, Sidecar,
        import::{Imported, LayerFile},
    },
    playbook,
    store::{LayerChange, LayerRecord, StoreError},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    cell::Cell,
    sync::{Arc, atomic::Ordering},
};

pub use crate::geo::{
    Facts,
    import::{Dropped, FeatureProblem, ImportError},
};

/// How long until an incident that could not be assessed anew is tried again?
const TRY_AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// A layer to be imported.
pub struct NewLayer {
    /// What it holds.
    pub kind: LayerKind,
    /// Its name; a layer of the same kind and name is replaced.
    pub name: String,
    /// The name of the file; its ending says the format.
    pub file_name: String,
    /// What it is, whence, and how exact, as far as it was said.
    pub facts: Facts,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What assessing the open incidents anew came to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reassessed {
    /// How many incidents were assessed anew.
    pub incidents: usize,
    /// In how many of them the findings changed.
    pub changed: usize,
    /// How many could not be assessed; they are tried again by themselves.
    pub failed: usize,
    /// The States told for the first time in some incident, by mode.
    pub newly_told: Vec<(Mode, StateSet)>,
}

/// A layer that was imported.
pub struct LayerImported {
    /// As it is kept.
    pub record: LayerRecord,
    /// As it was read.
    pub layer: Arc<Imported>,
    /// The layers whose place it took.
    pub replaced: Vec<LayerRecord>,
    /// Whether the very same file with the same facts was in force already, so
    /// that there was nothing to do.
    pub unchanged: bool,
    /// What it came to.
    pub reassessed: Reassessed,
}

/// The one change of layers under way; ends when dropped.
pub struct Import {
    desk: Arc<Desk>,
    viewer: Viewer,
}

impl Drop for Import {
    fn drop(&mut self) {
        self.desk.importing.store(false, Ordering::SeqCst);
    }
}

/// What came of one incident.
#[derive(Clone, Copy, Default)]
struct Outcome {
    changed: bool,
    newly_told: StateSet,
    mode: Option<Mode>,
}

impl Desk {
    /// Checks that `viewer` may change layers, and that nobody else is at it:
    /// one at a time, so that memory stays bounded. Ask before taking a file in.
    pub fn begin_import(self: &Arc<Self>, viewer: &Viewer) -> Result<Import, DeskError> {
        can(viewer, Action::ManageLayers, None)?;
        if self.importing.swap(true, Ordering::SeqCst) {
            return Err(DeskError::ImportUnderWay);
        }
        Ok(Import { desk: self.clone(), viewer: *viewer })
    }

    /// At the start: puts the stored layers on the map. One that cannot be read
    /// is left out, and the reason is kept with it; the built-in map stands.
    pub fn open_layers(&self) -> Result<(), DeskError> {
        let mut layers = Vec::new();
        for record in self.store.layers(&Viewer::House)? {
            tracing::info!(kind = %record.kind, name = record.name, bytes = record.size, "reading an imported layer");
            let layer = self.read_stored(&record);
            if let Err(problem) = &layer {
                tracing::error!(kind = %record.kind, name = record.name, problem, "an imported layer cannot be read; the map goes without it");
            }
            layers.push(Shelved { id: record.id, layer });
        }
        self.shelf.swap(layers, || Ok(()))
    }

    fn read_stored(&self, record: &LayerRecord) -> Result<Arc<Imported>, String> {
        let bytes = self
            .store
            .layer_file(&Viewer::House, &record.sha256)
            .map_err(|error| error.to_string())?
            .ok_or("its file is not in the store")?;
        let sidecar = Sidecar::read(&record.sidecar).map_err(|error| error.to_string())?;
        let file = LayerFile { file_name: &record.file_name, bytes: &bytes };
        let read = Imported::read(record.kind, &record.name, &file, sidecar, &mut |_| {})
            .map_err(|error| error.to_string())?;
        if read.sha256 != record.sha256 {
            return Err("its file is damaged: it does not fit its digest".to_owned());
        }
        Ok(Arc::new(read))
    }

    /// Assesses one incident anew; the timer that asks for it is cleared in
    /// the same commit.
    fn reassess(&self, id: IncidentId) -> Result<Outcome, DeskError> {
        // Held until committed: the next layer waits, and sets the timer again.
        let atlas = self.shelf.hold();
        let now = self.clock.now();
        let outcome = Cell::new(Outcome::default());
        self.decide_on(Asked::by(&Viewer::House), id, |incident| {
            if incident.state.has_ended() {
                let cleared = vec![Timer::Reassessment];
                return Ok((Decision { cleared, ..Decision::nothing_on(incident) }, Vec::new()));
            }
            let report = self.report_of(incident)?;
            let before = self.assessment_of(incident)?;
            let (today, class) = super::assess(&atlas, &report);
            let playbooks = self.choose(&report, &today, class, playbook::Audience::AffectedState);
            let texts = self.texts(playbooks.iter());
            let anew = Anew { report: &report, before: &before, today, playbooks };
            let decision = self.with_facts(now, |facts| reassessment::reassess(incident, anew, facts))?;
            outcome.set(Outcome {
                changed: !decision.events.is_empty(),
                newly_told: reassessment::newly_told(&decision).collect(),
                mode: Some(incident.mode),
            });
            Ok((decision, texts))
        })?;
        Ok(outcome.get())
    }

    /// Assesses one incident anew because its timer is due. A failure is said
    /// and tried again later; it stops nobody else's timers.
    pub(super) fn settle_reassessment(&self, id: IncidentId, now: Timestamp) {
        match self.reassess(id) {
            Ok(_) | Err(DeskError::Store(StoreError::Conflict)) => {}
            Err(error) => {
                tracing::error!(incident = %id, %error, "an incident could not be assessed anew; it is tried again later");
                if let Err(error) = self.postpone_reassessment(id, now) {
                    tracing::error!(incident = %id, %error, "nor could that be put off");
                }
            }
        }
    }

    fn postpone_reassessment(&self, id: IncidentId, now: Timestamp) -> Result<(), DeskError> {
        self.decide_on(Asked::by(&Viewer::House), id, |incident| {
            let timers = vec![TimerAt { timer: Timer::Reassessment, due: now + TRY_AGAIN }];
            Ok((Decision { timers, ..Decision::nothing_on(incident) }, Vec::new()))
        })
        .map(|_| ())
    }

    fn reassess_all(&self, marked: &[IncidentId]) -> Reassessed {
        let mut all = Reassessed::default();
        for id in marked {
            match self.reassess(*id) {
                Ok(outcome) => {
                    all.incidents += 1;
                    all.changed += usize::from(outcome.changed);
                    all.add(outcome);
                }
                Err(error) => {
                    // Its timer stays: the next tick tries again.
                    tracing::error!(incident = %id, %error, "an incident could not be assessed anew; it is tried again");
                    all.failed += 1;
                }
            }
        }
        all
    }
}

impl Reassessed {
    fn add(&mut self, outcome: Outcome) {
        let Some(mode) = outcome.mode.filter(|_| !outcome.newly_told.is_empty()) else { return };
        match self.newly_told.iter_mut().find(|(known, _)| *known == mode) {
            Some((_, states)) => states.extend(outcome.newly_told.iter()),
            None => self.newly_told.push((mode, outcome.newly_told)),
        }
        self.newly_told.sort_by_key(|(mode, _)| *mode);
    }
}

impl Import {
    /// Reads a layer, keeps it, puts it on the map, and assesses every open
    /// incident anew. When the file cannot be used, nothing has changed.
    pub fn take(self, new: NewLayer) -> Result<LayerImported, DeskError> {
        let desk = &self.desk;
        let NewLayer { kind, name, file_name, facts, bytes } = new;
        let file = LayerFile { file_name: &file_name, bytes: &bytes };
        let layer = Arc::new(Imported::read_with(kind, &name, &file, facts, &mut |_| {})?);
        let written = layer.sidecar.written();
        let standing = desk.store.layers(&Viewer::House)?;
        // There is one layer of hotspots, whatever it is called.
        let same = |record: &LayerRecord| {
            record.kind == kind && (record.name == name || kind == LayerKind::Hotspots)
        };
        let (replaced, kept): (Vec<LayerRecord>, Vec<LayerRecord>) = standing.into_iter().partition(same);
        let readable = |id: LayerId| desk.shelf.layers().iter().any(|s| s.id == id && s.layer.is_ok());
        if let [one] = &replaced[..]
            && (&one.sha256, &one.name, &one.sidecar, &one.file_name)
                == (&layer.sha256, &name, &written, &file_name)
            && readable(one.id)
        {
            let reassessed = Reassessed::default();
            return Ok(LayerImported {
                record: one.clone(),
                layer,
                replaced: Vec::new(),
                unchanged: true,
                reassessed,
            });
        }
        let now = desk.now();
        let record = LayerRecord {
            id: LayerId(desk.entropy.id(now)),
            kind,
            name,
            file_name,
            sidecar: written,
            sha256: layer.sha256.clone(),
            size: bytes.len() as u64,
            imported: now,
            imported_by: self.viewer.account(),
        };
        let mut shelved: Vec<Shelved> = desk.shelf.layers();
        shelved.retain(|shelved| kept.iter().any(|record| record.id == shelved.id));
        shelved.push(Shelved { id: record.id, layer: Ok(layer.clone()) });
        let ended = replaced.iter().map(|record| record.id).collect();
        let reassessed = self.change(shelved, ended, Some((record.clone(), bytes)))?;
        Ok(LayerImported { record, layer, replaced, unchanged: false, reassessed })
    }

    /// Takes an imported layer off the map; what the program carries in its
    /// place stands again.
    pub fn remove(self, id: LayerId) -> Result<Reassessed, DeskError> {
        let desk = &self.desk;
        if !desk.store.layers(&Viewer::House)?.iter().any(|record| record.id == id) {
            return Err(DeskError::NoSuchLayer);
        }
        let mut shelved = desk.shelf.layers();
        shelved.retain(|shelved| shelved.id != id);
        self.change(shelved, vec![id], None)
    }

    fn change(
        &self,
        shelved: Vec<Shelved>,
        ended: Vec<LayerId>,
        new: Option<(LayerRecord, Vec<u8>)>,
    ) -> Result<Reassessed, DeskError> {
        let desk = &self.desk;
        let change =
            LayerChange { ended, new, by: self.viewer.account(), now: desk.now(), mark: Timer::Reassessment };
        let marked = desk.shelf.swap(shelved, || desk.store.change_layers(change))?;
        Ok(desk.reassess_all(&marked))
    }
}

impl From<NotTaken> for DeskError {
    fn from(why: NotTaken) -> Self {
        match why {
            NotTaken::File(error) => Self::Layer(Box::new(error)),
            NotTaken::Facts(missing, _) => Self::Facts(missing),
        }
    }
}
