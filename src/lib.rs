//! Outcross: an emergency-response server for unintentional transboundary
//! movements of living modified organisms.

pub mod domain;
pub mod geo;
pub mod playbook;
