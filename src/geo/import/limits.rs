//! How much of a layer is read. Whoever sends more is told these numbers.

/// Bytes of a file, and of each file in an archive.
pub(super) const LARGEST_FILE: u64 = 100_000_000;
/// Bytes of all files taken from an archive.
pub(super) const LARGEST_ARCHIVE: u64 = 200_000_000;
/// Vertices of a layer.
pub(super) const MOST_VERTICES: usize = 5_000_000;
/// Features of a layer.
pub(super) const MOST_FEATURES: usize = 200_000;
