//! What went wrong on the line, in short stable words. An error's own text
//! often holds addresses, so it is never passed on.

use std::{
    error::Error,
    io::{self, ErrorKind},
    iter,
};

/// What stands behind `error`, outermost first.
fn causes(error: &dyn Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    iter::successors(error.source(), |&cause| cause.source())
}

/// Whether a `T` stands behind `error`.
pub(super) fn is<T: Error + 'static>(error: &dyn Error) -> bool {
    causes(error).any(<dyn Error>::is::<T>)
}

/// Words for what stands behind `error`, if it happened on the line.
pub(super) fn behind(error: &dyn Error) -> Option<&'static str> {
    causes(error).find_map(name)
}

/// Words for one cause, if it happened on the line.
pub(super) fn name(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    if cause.is::<rustls::Error>() {
        return Some("tls failed");
    }
    let error = cause.downcast_ref::<io::Error>()?;
    // An error of the line wraps others, and does not name them as its source.
    if let Some(named) = error.get_ref().and_then(|inner| name(inner)) {
        return Some(named);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Some("connection refused"),
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => {
            Some("connection lost")
        }
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Some("not reachable"),
        ErrorKind::TimedOut => Some("timed out"),
        _ => None,
    }
}
