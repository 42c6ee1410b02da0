//! A feature as its file gives it, before it is judged.

use super::super::earth::LonLat;

/// Rings of one polygon, the outer one first.
pub(super) type Rings = Vec<Vec<LonLat>>;

/// A feature as read.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Feature {
    /// The `id` beside the properties.
    pub id: Option<String>,
    pub properties: Properties,
    /// Polygons, each with its outer ring first.
    pub polygons: Vec<Rings>,
    /// The sort of a part that is not an area: `point`, `line`.
    pub other: Option<&'static str>,
    /// What of the geometry could not be read.
    pub unreadable: Option<String>,
    /// The encoding in which a text could not be read.
    pub encoding: Option<String>,
}

/// The properties of a feature that are texts or numbers, in their order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Properties(pub Vec<(String, String)>);

impl Properties {
    /// The first of these properties that says something, in the order given;
    /// upper and lower case must match.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// What a property says; nothing where it is empty or −99, which Natural
    /// Earth writes for nothing.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        let value = value.trim();
        (!matches!(value, "" | "-99" | "-99.0" | "-099")).then_some(value)
    }
}

/// Who takes the features, one by one.
pub(super) trait Sink {
    /// Takes the next feature.
    ///
    /// # Errors
    /// When the layer is to be refused.
    fn take(&mut self, feature: Feature) -> Result<(), super::ImportError>;

    /// Hears that `done` bytes of the file are read.
    fn at(&mut self, done: usize);
}
