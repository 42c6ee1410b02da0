//! Outcross: emergency response for unintentional transboundary movements of
//! living modified organisms (Cartagena Protocol on Biosafety, Article 17).

pub mod alert;
pub mod config;
pub mod domain;
pub mod geo;
pub mod playbook;
pub mod proof;
pub mod store;
pub mod words;
