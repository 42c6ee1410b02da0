//! The atlas in use, swapped whole when a layer is added, replaced or taken
//! away. Whoever asks keeps the one it got.

use super::{Atlas, import::Imported};
use crate::domain::id::LayerId;
use std::{
    ops::Deref,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

/// An imported layer as it stands on the shelf.
#[derive(Clone)]
pub struct Shelved {
    /// Its id.
    pub id: LayerId,
    /// The layer, or why it could not be read: then the map goes without it.
    pub layer: Result<Arc<Imported>, String>,
}

/// The atlas the program carries, the imported layers, and the atlas made of
/// both.
pub struct Shelf {
    built_in: Arc<Atlas>,
    standing: RwLock<Standing>,
}

struct Standing {
    atlas: Arc<Atlas>,
    layers: Vec<Shelved>,
}

/// The atlas in use; it is not swapped while this is held.
pub struct Held<'a>(RwLockReadGuard<'a, Standing>);

impl Deref for Held<'_> {
    type Target = Atlas;
    fn deref(&self) -> &Atlas {
        &self.0.atlas
    }
}

impl Shelf {
    /// A shelf with nothing on it but the atlas the program carries.
    pub fn new(built_in: Arc<Atlas>) -> Self {
        let standing = Standing { atlas: built_in.clone(), layers: Vec::new() };
        Self { built_in, standing: RwLock::new(standing) }
    }

    /// The atlas the program carries: its tables are never replaced.
    pub fn built_in(&self) -> &Atlas {
        &self.built_in
    }

    /// The atlas in use.
    pub fn atlas(&self) -> Arc<Atlas> {
        self.read().atlas.clone()
    }

    /// The atlas in use, kept from being swapped until the answer is stored.
    /// Do not ask for anything else of the shelf meanwhile.
    pub fn hold(&self) -> Held<'_> {
        Held(self.read())
    }

    /// The imported layers, in order.
    pub fn layers(&self) -> Vec<Shelved> {
        self.read().layers.clone()
    }

    /// Makes a new atlas of these layers beside the old one, waits until
    /// nobody holds that, and swaps them once `commit` has succeeded.
    pub fn swap<T, E>(&self, layers: Vec<Shelved>, commit: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let readable: Vec<Arc<Imported>> =
            layers.iter().filter_map(|shelved| shelved.layer.as_ref().ok().cloned()).collect();
        let atlas = match &readable[..] {
            [] => self.built_in.clone(),
            some => Arc::new(self.built_in.with_layers(some)),
        };
        let mut standing = self.standing.write().unwrap_or_else(PoisonError::into_inner);
        let committed = commit()?;
        *standing = Standing { atlas, layers };
        Ok(committed)
    }

    fn read(&self) -> RwLockReadGuard<'_, Standing> {
        self.standing.read().unwrap_or_else(PoisonError::into_inner)
    }
}
