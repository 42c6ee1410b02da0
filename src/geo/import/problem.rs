//! What can be the matter with a layer or a feature of it, as codes with
//! their values and as words. A refusal says what to do about it.

use std::fmt;

/// Why a layer is refused. Nothing of it is imported.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum ImportError {
    /// Nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are read.
    #[error(
        "{what} has {bytes} bytes and at most {limit} are read: simplify the layer or cut it into \
         several, for example with `ogr2ogr -simplify`"
    )]
    TooManyBytes {
        /// The file, or a file within the archive.
        what: String,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// More vertices than are read.
    #[error(
        "the layer has more than {limit} vertices, as many as are read: simplify it or cut it into \
         several, for example with `ogr2ogr -simplify`"
    )]
    TooManyVertices {
        /// The limit.
        limit: usize,
    },
    /// More features than are read.
    #[error("the layer has more than {limit} features, as many as are read: cut it into several")]
    TooManyFeatures {
        /// The limit.
        limit: usize,
    },
    /// Neither GeoJSON nor TopoJSON nor a zip.
    #[error(
        "“{file_name}” is {looks}: send GeoJSON, TopoJSON, or a zip with the .shp, .dbf and .prj of a shapefile"
    )]
    UnknownFormat {
        /// Name of the file.
        file_name: String,
        /// What it seems to be.
        looks: &'static str,
    },
    /// The text ends too early.
    #[error("the file is truncated: it ends in the middle of {within}; send it again whole")]
    Truncated {
        /// In the middle of what.
        within: String,
    },
    /// Not readable as JSON, or not as GeoJSON.
    #[error("line {line}, column {column}: {problem}")]
    Unreadable {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is the matter.
        problem: String,
    },
    /// JSON, but no layer.
    #[error("not a layer: {problem}")]
    NotALayer {
        /// What is the matter.
        problem: String,
    },
    /// The archive cannot be used.
    #[error("the zip cannot be used: {problem}")]
    Archive {
        /// What is the matter.
        problem: String,
    },
    /// The shapefile cannot be used.
    #[error("the shapefile cannot be used: {problem}")]
    Shapefile {
        /// What is the matter.
        problem: String,
    },
    /// In a coordinate system other than longitude and latitude on WGS 84.
    #[error(
        "the layer is in another coordinate system ({system}); only longitude and latitude on WGS 84 \
         (EPSG:4326) are read. Reproject it first: ogr2ogr -t_srs EPSG:4326 new.geojson OLD"
    )]
    CoordinateSystem {
        /// Which one, as the file names it or as its numbers look.
        system: String,
    },
    /// Latitude first.
    #[error(
        "coordinates seem swapped: {count} features have a latitude beyond 90, such as {lat} with \
         longitude {lon}, and no longitude is beyond 90. GeoJSON puts the longitude first: [{lat}, {lon}]"
    )]
    Swapped {
        /// How many features.
        count: usize,
        /// The second number of a position.
        lat: f64,
        /// The first.
        lon: f64,
    },
    /// Features of hotspots have no names.
    #[error(
        "feature {feature} has no name, and hotspots are told apart by it: none of its properties is \
         called {looked_for}"
    )]
    Nameless {
        /// Number of the feature, from 1.
        feature: usize,
        /// The properties looked for.
        looked_for: String,
    },
    /// Nothing left to use.
    #[error("no feature of the layer can be used: {why}")]
    NothingUsable {
        /// Why the first of them cannot.
        why: String,
    },
}

impl ImportError {
    /// A code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooManyBytes { .. } => "too_many_bytes",
            Self::TooManyVertices { .. } => "too_many_vertices",
            Self::TooManyFeatures { .. } => "too_many_features",
            Self::UnknownFormat { .. } => "unknown_format",
            Self::Truncated { .. } => "truncated",
            Self::Unreadable { .. } => "unreadable",
            Self::NotALayer { .. } => "not_a_layer",
            Self::Archive { .. } => "archive",
            Self::Shapefile { .. } => "shapefile",
            Self::CoordinateSystem { .. } => "coordinate_system",
            Self::Swapped { .. } => "swapped",
            Self::Nameless { .. } => "nameless",
            Self::NothingUsable { .. } => "nothing_usable",
        }
    }
}

/// A feature that was left out.
#[derive(Clone, PartialEq, Debug)]
pub struct Dropped {
    /// Its number in the file, from 1.
    pub feature: usize,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Why.
    pub reason: DropReason,
}

/// Why a feature was left out.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum DropReason {
    /// No geometry at all, or one without positions.
    #[error("has no geometry")]
    NoGeometry,
    /// Not an area.
    #[error("is a {0}, not an area")]
    NotAnArea(&'static str),
    /// Every ring has fewer than three different positions.
    #[error("has no ring of at least four positions, first and last the same")]
    NoRing,
    /// A position that is not on the earth.
    #[error("has a position off the earth: longitude {lon}, latitude {lat}")]
    OffTheEarth {
        /// The first number.
        lon: f64,
        /// The second.
        lat: f64,
    },
    /// The outer limit of a hotspot.
    #[error("is an outer limit, drawn for maps, not part of the hotspot")]
    OuterLimit,
    /// What it says of its geometry cannot be read.
    #[error("has a geometry that cannot be read: {0}")]
    Unreadable(String),
}

impl DropReason {
    /// A code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoGeometry => "no_geometry",
            Self::NotAnArea(_) => "not_an_area",
            Self::NoRing => "no_ring",
            Self::OffTheEarth { .. } => "off_the_earth",
            Self::OuterLimit => "outer_limit",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

/// Something the matter with a feature that is used all the same, or with the
/// layer as a whole.
#[derive(Clone, PartialEq, Debug)]
pub struct FeatureProblem {
    /// Its number in the file, from 1; nothing where the whole layer is meant.
    pub feature: Option<usize>,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What is the matter.
    pub problem: Flaw,
}

/// What is the matter with a feature that is used all the same.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Flaw {
    /// The first position is not repeated at the end.
    #[error("{0} of its rings were not closed and have been")]
    Unclosed(usize),
    /// Rings too short to be areas.
    #[error("{0} of its rings have fewer than four positions and are left out")]
    ShortRings(usize),
    /// Positions that are no numbers.
    #[error("{0} of its positions are not numbers and are left out")]
    NotNumbers(usize),
    /// Lines that cross.
    #[error(
        "its outline crosses itself near latitude {lat:.4}, longitude {lon:.4}; what is inside is read by the even-odd rule"
    )]
    CrossesItself {
        /// Degrees east.
        lon: f64,
        /// Degrees north.
        lat: f64,
    },
    /// Parts that lie over one another.
    #[error("some of its parts lie over one another; each is used")]
    PartsOverlap,
    /// Steps over ±180°.
    #[error("its outline steps over 180° of longitude; every such edge is taken the short way round")]
    StepsOverDateLine,
    /// Runs around a pole without touching it.
    #[error("its outline runs around the {0} pole and has been closed there")]
    ClosedAtPole(&'static str),
    /// Parts that are no areas.
    #[error("its parts that are {0} and not areas are left out")]
    PartsNotAreas(&'static str),
    /// No property with a name.
    #[error("has no name: none of its properties is called {0}")]
    NoName(String),
    /// No hotspot of this name is known.
    #[error("is not the name of one of the 36 hotspots; it is used under its own name")]
    UnknownHotspot,
    /// A hotspot that the layer lacks.
    #[error("is one of the 36 hotspots, and the layer has no feature of that name")]
    MissingHotspot,
    /// A `Type` that is not known.
    #[error("says its type is “{0}”, which is neither “hotspot area” nor “outer limit”; it is used")]
    UnknownType(String),
    /// Which State it is of cannot be told.
    #[error(
        "its State cannot be told: none of {0} names one; it is kept as an area of undetermined relation"
    )]
    NoState(String),
    /// A character that its file's encoding does not have.
    #[error("its name cannot be read in the encoding {0}; name that encoding in a .cpg file")]
    Encoding(String),
}

impl Flaw {
    /// A code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unclosed(_) => "unclosed",
            Self::ShortRings(_) => "short_rings",
            Self::NotNumbers(_) => "not_numbers",
            Self::CrossesItself { .. } => "crosses_itself",
            Self::PartsOverlap => "parts_overlap",
            Self::StepsOverDateLine => "steps_over_date_line",
            Self::ClosedAtPole(_) => "closed_at_pole",
            Self::PartsNotAreas(_) => "parts_not_areas",
            Self::NoName(_) => "no_name",
            Self::UnknownHotspot => "unknown_hotspot",
            Self::MissingHotspot => "missing_hotspot",
            Self::UnknownType(_) => "unknown_type",
            Self::NoState(_) => "no_state",
            Self::Encoding(_) => "encoding",
        }
    }
}

impl fmt::Display for Dropped {
    /// `feature 17 (Name) is a point, not an area`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Named(Some(self.feature), self.name.as_deref()), self.reason)
    }
}

impl fmt::Display for FeatureProblem {
    /// `feature 17 (Name): its parts …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Named(self.feature, self.name.as_deref()), self.problem)
    }
}

struct Named<'a>(Option<usize>, Option<&'a str>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self(Some(feature), Some(name)) => write!(f, "feature {feature} ({name})"),
            Self(Some(feature), None) => write!(f, "feature {feature}"),
            Self(None, Some(name)) => f.write_str(name),
            Self(None, None) => f.write_str("the layer"),
        }
    }
}
