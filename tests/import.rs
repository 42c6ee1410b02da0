//! Layers from other people's files: what is taken, what is left out and
//! named, and what is refused with which words.

#[path = "import/files.rs"]
mod files;
#[path = "import/natural_earth.rs"]
mod natural_earth;
#[path = "import/refused.rs"]
mod refused;
#[path = "import/taken.rs"]
mod taken;
