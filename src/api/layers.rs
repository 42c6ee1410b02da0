//! Layers of the map: which there are; added, replaced and taken away by
//! import while the server runs.

use super::{Rooms, apart};
use crate::{
    desk::layers::{Dropped, Facts, FeatureProblem, LayerImported, NewLayer, Reassessed},
    domain::{account::Viewer, id::LayerId, incident::Mode, layer::LayerKind, state::StateSet},
    gate::{Problem, SignedIn, take_in},
    reading::{LayerEntry, ReadError, Reading},
};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How large may a layer's file be?
pub const LARGEST_LAYER: usize = 64 * 1024 * 1024;

/// How long may a name be, in bytes?
const LONGEST_NAME: usize = 120;

/// How many features are listed by number at the most? The counts are whole.
const LISTED: usize = 500;

/// The layers of the map.
#[derive(Serialize, ToSchema)]
pub struct Layers {
    /// What the program carries first, then the imported ones in order.
    pub layers: Vec<LayerEntry>,
}

/// The layers and tables of the map: what the program carries and what was
/// imported, with versions, checksums, licences and numbers of features.
#[utoipa::path(
    tag = "layers",
    responses(
        (status = 200, description = "Layers", body = Layers),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/layers")]
pub async fn list(rooms: web::Data<Rooms>, who: SignedIn) -> Result<web::Json<Layers>, Problem> {
    let layers = apart(move || rooms.reading.layers(&who.viewer())).await?;
    Ok(web::Json(Layers { layers }))
}

/// What a layer is: its sidecar, fact by fact.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LayerQuery {
    /// `hotspots` (takes the place of the built-in ones), `protected_areas`,
    /// `key_biodiversity_areas`, `boundaries` (adds areas of States) or `other`.
    kind: LayerKind,
    /// Its name; a layer of the same kind and name is replaced. Else the
    /// file's name, or `hotspots`.
    name: Option<String>,
    /// The name of the file, whose ending says the format; else the first
    /// bytes say whether it is a zip or JSON.
    file_name: Option<String>,
    /// One line for people; else the name.
    title: Option<String>,
    /// Where the content comes from.
    source: Option<String>,
    /// Terms of use.
    licence: Option<String>,
    /// Version, as the source says it.
    version: Option<String>,
    /// Day of this version.
    date: Option<String>,
    /// How far a drawn line may be from the true one, metres.
    accuracy_m: Option<f64>,
    /// How it was made.
    how_made: Option<String>,
    /// Whatever else a user should know.
    notes: Option<String>,
}

/// A feature of a file and what is to be said of it.
#[derive(Serialize, ToSchema)]
pub struct FeatureNote {
    /// Its number in the file, from 1; absent where the whole layer is meant.
    pub feature: Option<usize>,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// A stable code.
    pub code: String,
    /// In words.
    pub detail: String,
}

/// The States told for the first time in some incident of one mode.
#[derive(Serialize, ToSchema)]
pub struct NewlyTold {
    /// Whether it is real.
    pub mode: Mode,
    /// Which States.
    pub states: StateSet,
}

/// What assessing the open incidents anew came to.
#[derive(Serialize, ToSchema)]
pub struct ReassessedView {
    /// How many incidents were assessed anew.
    pub incidents: usize,
    /// In how many of them the findings changed.
    pub changed: usize,
    /// How many could not be assessed; they are tried again by themselves.
    pub failed: usize,
    /// The States told because of it, by mode.
    pub newly_told: Vec<NewlyTold>,
}

/// What an import came to.
#[derive(Serialize, ToSchema)]
pub struct ImportAnswer {
    /// The layer as it stands now.
    pub layer: LayerEntry,
    /// Whether the very same file with the same facts was in force already:
    /// then nothing was done.
    pub unchanged: bool,
    /// The ids of the layers whose place it took.
    pub replaced: Vec<LayerId>,
    /// How many features are used.
    pub kept: usize,
    /// How many were left out.
    pub dropped_count: usize,
    /// The first 500 of them, with the reason.
    pub dropped: Vec<FeatureNote>,
    /// How many have something the matter and are used all the same.
    pub problem_count: usize,
    /// The first 500 of them.
    pub problems: Vec<FeatureNote>,
    /// What it came to for the open incidents.
    pub reassessed: ReassessedView,
}

/// What taking a layer away came to.
#[derive(Serialize, ToSchema)]
pub struct RemovalAnswer {
    /// What it came to for the open incidents.
    pub reassessed: ReassessedView,
}

/// Import a layer: GeoJSON, TopoJSON, or a zip with a shapefile, as the body, up to 64
/// MiB; what it is, in the query. It is read beside the map in use and swapped
/// in whole; when it cannot be used, nothing has changed. Then every incident
/// that has not ended is assessed anew, in every mode: States newly in reach
/// are told, nobody who was told is dropped. A repeat changes nothing.
#[utoipa::path(
    tag = "layers", params(LayerQuery),
    request_body(content((Vec<u8> = "application/octet-stream"), (serde_json::Value = "application/geo+json"), (Vec<u8> = "application/zip")), description = "The file as it is"),
    responses(
        (status = 200, description = "The very same layer was in force already", body = ImportAnswer),
        (status = 201, description = "Imported", body = ImportAnswer),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator of the instance", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else is importing just now", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The file cannot be used; features are named", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/layers")]
pub async fn import(
    request: HttpRequest,
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<LayerQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    // Before a byte is taken in: may they, and is nobody else at it?
    let slot = rooms.desk.begin_import(&who.viewer())?;
    let bytes = take_in(&request, payload.into_inner(), LARGEST_LAYER).await?;
    let new = query.into_inner().describe(bytes)?;
    let viewer = who.viewer();
    let (answer, unchanged) = apart(move || {
        let imported = slot.take(new).map_err(Problem::from)?;
        let unchanged = imported.unchanged;
        Ok::<_, Problem>((answer(&rooms.reading, &viewer, imported)?, unchanged))
    })
    .await?;
    Ok(if unchanged { HttpResponse::Ok() } else { HttpResponse::Created() }.json(answer))
}

/// Take an imported layer away: what the program carries in its place stands
/// again. Every incident that has not ended is assessed anew; nobody who was
/// told is dropped.
#[utoipa::path(
    tag = "layers", params(("id" = LayerId, Path, description = "The layer's id")),
    responses(
        (status = 200, description = "Taken away", body = RemovalAnswer),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator of the instance", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such layer", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else is importing just now", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[delete("/layers/{id}")]
pub async fn remove(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<LayerId>,
) -> Result<web::Json<RemovalAnswer>, Problem> {
    let slot = rooms.desk.begin_import(&who.viewer())?;
    let reassessed = apart(move || slot.remove(path.into_inner())).await?;
    Ok(web::Json(RemovalAnswer { reassessed: reassessed.into() }))
}

impl LayerQuery {
    /// The layer as it is to be imported, or what is missing or cannot be.
    fn describe(self, bytes: Vec<u8>) -> Result<NewLayer, Problem> {
        let sent_as = self.file_name.unwrap_or_else(|| {
            let ending = if bytes.starts_with(b"PK") { "zip" } else { "geojson" };
            format!("layer.{ending}")
        });
        let stem = sent_as.rsplit_once('.').map_or(&*sent_as, |(stem, _)| stem).to_owned();
        let name = match (self.name, self.kind) {
            (Some(name), _) => name,
            (None, LayerKind::Hotspots) => LayerKind::Hotspots.code().to_owned(),
            (None, _) => stem,
        };
        for (field, text) in [("name", &name), ("file_name", &sent_as)] {
            if text.trim().is_empty() || text.len() > LONGEST_NAME || text.chars().any(char::is_control) {
                let detail = format!("1 to {LONGEST_NAME} bytes of plain text");
                return Err(Problem::field(format!("/{field}"), detail));
            }
        }
        let facts = Facts {
            title: self.title,
            source: self.source,
            version: self.version,
            date: self.date,
            licence: self.licence,
            how_made: self.how_made,
            accuracy_m: self.accuracy_m,
            notes: self.notes,
        };
        Ok(NewLayer { kind: self.kind, name, file_name: sent_as, facts, bytes })
    }
}

fn answer(reading: &Reading, viewer: &Viewer, imported: LayerImported) -> Result<ImportAnswer, Problem> {
    let LayerImported { record, layer, replaced, unchanged, reassessed } = imported;
    let entries = reading.layers(viewer)?;
    let entry = entries.into_iter().find(|entry| entry.id == Some(record.id));
    Ok(ImportAnswer {
        layer: entry.ok_or(ReadError::NotFound)?,
        unchanged,
        replaced: replaced.iter().map(|record| record.id).collect(),
        kept: layer.kept,
        dropped_count: layer.dropped.len(),
        dropped: layer.dropped.iter().take(LISTED).map(FeatureNote::from).collect(),
        problem_count: layer.problems.len(),
        problems: layer.problems.iter().take(LISTED).map(FeatureNote::from).collect(),
        reassessed: reassessed.into(),
    })
}

impl From<&Dropped> for FeatureNote {
    fn from(dropped: &Dropped) -> Self {
        Self {
            feature: Some(dropped.feature),
            name: dropped.name.clone(),
            code: dropped.reason.code().to_owned(),
            detail: dropped.reason.to_string(),
        }
    }
}

impl From<&FeatureProblem> for FeatureNote {
    fn from(problem: &FeatureProblem) -> Self {
        Self {
            feature: problem.feature,
            name: problem.name.clone(),
            code: problem.problem.code().to_owned(),
            detail: problem.problem.to_string(),
        }
    }
}

impl From<Reassessed> for ReassessedView {
    fn from(all: Reassessed) -> Self {
        let newly_told = all.newly_told.into_iter().map(|(mode, states)| NewlyTold { mode, states });
        Self {
            incidents: all.incidents,
            changed: all.changed,
            failed: all.failed,
            newly_told: newly_told.collect(),
        }
    }
}
