//! The gate: who is asking, what they sent, and what they are told when it
//! cannot be done.

pub mod input;
pub mod problem;
pub mod signed_in;
pub mod upload;
pub mod visit;

pub use input::{Input, take_in};
pub use problem::{Code, Problem};
pub use signed_in::SignedIn;
pub use upload::Upload;
pub use visit::Visit;
