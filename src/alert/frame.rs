//! What goes over a live connection, encoded once for all its readers.

use crate::domain::{audience::Audience, event::Event, id::Seq, incident::Mode};
use bytes::Bytes;
use serde::Serialize;

/// What the server says on the live channel.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Say<'a> {
    /// First of all: which log this is, and how far it goes. Another log than
    /// the one a client knows means that a backup was restored.
    Hello {
        /// The id of the log.
        log: &'a str,
        /// Its newest event.
        head: Seq,
        /// From where this client will be served.
        since: Seq,
        /// How to come back after a break without `bye`.
        retry: Retry,
    },
    /// The client's place in the log does not exist here: it must start anew
    /// and show that there is a gap.
    Reset {
        /// The id of the log.
        log: &'a str,
        /// Its newest event.
        head: Seq,
        /// How to come back after a break without `bye`.
        retry: Retry,
    },
    /// The server stops; the close follows. Come back after the time said,
    /// which is another one for each client, and resume.
    Bye {
        /// How long to wait, in milliseconds.
        retry_after_ms: u32,
    },
    /// An event.
    Event {
        /// The event.
        event: &'a Event,
    },
    /// Nothing to see up to here: resume from this place.
    Position {
        /// The place in the log.
        seq: Seq,
    },
    /// The answer to something the client said.
    Answer {
        /// The id the client gave its command.
        id: &'a str,
        /// Whether it was done.
        ok: bool,
        /// The problem, if it was not.
        problem: Option<serde_json::Value>,
    },
}

/// How to come back after a break: wait a random time up to `first_ms`, and
/// after each attempt that fails a random time up to twice as long as before,
/// but never longer than `most_ms`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct Retry {
    /// Up to how long before the first attempt, in milliseconds.
    pub first_ms: u32,
    /// Up to how long before any attempt, in milliseconds.
    pub most_ms: u32,
}

/// An event, encoded to a complete websocket frame, with who may see it.
#[derive(Debug)]
pub struct Frame {
    /// Its place in the log.
    pub seq: Seq,
    /// Whether it is real.
    pub mode: Mode,
    /// Who may see it.
    pub audience: Audience,
    /// The frame; its readers share it.
    pub bytes: Bytes,
}

/// One unmasked text frame, final fragment (RFC 6455 §5.2), around the JSON of
/// `say`.
pub fn encode(say: &Say<'_>) -> Vec<u8> {
    let json = serde_json::to_vec(say).unwrap_or_default();
    let mut frame = Vec::with_capacity(json.len() + 10);
    frame.push(0x81);
    match (u8::try_from(json.len()), u16::try_from(json.len())) {
        (Ok(short), _) if short < 126 => frame.push(short),
        (_, Ok(middle)) => {
            frame.push(126);
            frame.extend_from_slice(&middle.to_be_bytes());
        }
        _ => {
            frame.push(127);
            frame.extend_from_slice(&(json.len() as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(&json);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_lengths_of_rfc_6455() {
        let problem = |n: usize| Some(serde_json::Value::String("x".repeat(n)));
        let header = |n| {
            let frame = encode(&Say::Answer { id: "", ok: true, problem: problem(n) });
            (frame[0], frame[1], frame.len())
        };
        assert_eq!((header(10).0, header(10).1 < 126), (0x81, true));
        assert_eq!(header(200).1, 126);
        let (_, marker, length) = header(70_000);
        assert_eq!(marker, 127);
        assert!(length > 70_000);
    }
}
