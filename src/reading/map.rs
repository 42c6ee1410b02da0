//! One incident on the map, as far as its viewer may see it.

use super::{ReadError, Reading};
use crate::{
    domain::{
        account::Viewer,
        assessment::Assessment,
        event::Body,
        id::IncidentId,
        place::{Geometry, Metres, Position},
        report::PlaceReport,
    },
    geo::drawing::{Drawing, FARTHEST, NEAREST, Outlines, View},
};

/// How wide the view is when nothing is known of how far it may get, metres to
/// each side.
const USUAL: Metres = Metres::kilometres(500);

/// One incident on the map.
pub struct IncidentMap {
    /// From where, and how far.
    pub view: View,
    /// What is seen.
    pub drawing: Drawing,
    /// Where it happened, as said.
    pub place: PlaceReport,
    /// Who is in reach, and why.
    pub assessment: Assessment,
}

impl Reading {
    /// One incident on the map: `half` to each side of its place, or as far as
    /// its reach goes. Not found where the viewer knows of no place.
    pub fn map(
        &self,
        viewer: &Viewer,
        id: IncidentId,
        half: Option<Metres>,
    ) -> Result<IncidentMap, ReadError> {
        let assessment = self.assessment(viewer, id)?;
        let place = self.place(viewer, id)?;
        let atlas = self.shelf.built_in();
        let centre = place.geometry.as_ref().and_then(middle).or_else(|| {
            let state = place.state.as_deref()?.parse().ok()?;
            let capital = atlas.states().get(state)?.capital.as_ref()?;
            Position::new(capital.lat, capital.lon).ok()
        });
        let centre = centre.ok_or(ReadError::NotFound)?;
        let view = View::new(centre, half.unwrap_or_else(|| fitting(&assessment)));
        let outlines = self.outlines.get_or_init(|| Outlines::built_in(atlas).unwrap_or_default());
        let hotspots: Vec<&str> = assessment.hotspots.iter().map(|found| &*found.code).collect();
        let drawing = outlines.draw(atlas, &view, &hotspots, place.geometry.as_ref());
        Ok(IncidentMap { view, drawing, place, assessment })
    }

    /// Where it happened, in the newest words this viewer may see.
    fn place(&self, viewer: &Viewer, id: IncidentId) -> Result<PlaceReport, ReadError> {
        let mut newest = None;
        for event in self.whole_timeline(viewer, id)? {
            match event.body {
                Body::ReportReceived { content, .. } | Body::FactsChanged { content, .. } => {
                    newest = Some(content.place);
                }
                Body::NoticeIssued { notice, .. } => newest = Some(notice.place),
                _ => {}
            }
        }
        newest.ok_or(ReadError::NotFound)
    }
}

/// A little more than the farthest reach.
fn fitting(assessment: &Assessment) -> Metres {
    let horizon = assessment.horizon_m.get();
    if horizon <= 0.0 {
        return USUAL;
    }
    Metres::new((horizon * 1.2).clamp(NEAREST.get(), FARTHEST.get())).unwrap_or(USUAL)
}

/// The middle of all its positions, as they lie in space.
fn middle(place: &Geometry) -> Option<Position> {
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for at in place.positions() {
        let (lat, lon) = (at.lat.to_radians(), at.lon.to_radians());
        let point = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
        sum = [sum[0] + point[0], sum[1] + point[1], sum[2] + point[2]];
        count += 1.0;
    }
    if let Geometry::Point(at) = place {
        return Some(*at);
    }
    let level = sum[0].hypot(sum[1]);
    (count > 0.0)
        .then(|| Position::new(sum[2].atan2(level).to_degrees(), sum[1].atan2(sum[0]).to_degrees()).ok())?
}
