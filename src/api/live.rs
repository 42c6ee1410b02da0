//! The live channel: a websocket whose reader is a cursor on the log.
//!
//! ```text
//!   client                                server
//!     ── GET /api/v1/live?mode=…&since=… ─▶
//!     ◀─ hello {log, head, since}            (or reset, and a visible gap)
//!     ◀─ event … event … position …          catching up and live alike
//!     ── {"do":"received", …} ─────────────▶
//!     ◀─ answer {id, ok}
//!     ◀─ ping, position                      every 25 seconds
//! ```
//!
//! Nothing is kept per connection but its cursor, so a slow reader costs
//! nothing and delays nobody. A reader that has not been heard of for a
//! minute is let go; it resumes where it stood.

use super::{Rooms, incidents::addressee_for};
use crate::{
    alert::{
        frame::{Say, encode},
        hub::Slice,
    },
    domain::{
        account::{Action, Viewer, can},
        duty::Addressee,
        id::{IncidentId, MessageId, Seq},
        incident::Mode,
    },
    gate::{Code, Problem, SignedIn, input},
};
use actix_http::ws::{self, Codec, Frame as Incoming, Message};
use actix_web::{
    HttpRequest, HttpResponse,
    body::{BodyStream, BoxBody},
    get, rt, web,
};
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};
use tokio_util::codec::{Decoder, Encoder};
use utoipa::{IntoParams, ToSchema};

/// How often does the server show that it lives, and ask whether the client does?
const HEARTBEAT: Duration = Duration::from_secs(25);

/// How long may a client be silent before it is let go?
const PATIENCE: Duration = Duration::from_mins(1);

/// How large may a message of a client be?
const LARGEST_MESSAGE: usize = 16 * 1024;

/// How many answers may wait for a client before its next command waits too?
const ANSWERS: usize = 16;

/// Where to go on from.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LiveQuery {
    /// `actual`, `exercise` or `test`: without default.
    mode: Mode,
    /// The last place in the log the client has; the present end when not said.
    since: Option<u64>,
    /// The log it knows, from an earlier `hello`.
    log: Option<String>,
}

/// What a client may say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// A message has arrived and is being shown or handled.
    Received {
        /// The client's own id of this command; comes back in the answer.
        id: String,
        /// Which incident.
        incident: IncidentId,
        /// Which message.
        message: MessageId,
        /// For whom; the account's own State when not said.
        #[serde(default)]
        addressee: Option<Addressee>,
    },
    /// Receipt of a notice is acknowledged.
    Acknowledge {
        /// The client's own id of this command; also its idempotency key.
        id: String,
        /// Which incident.
        incident: IncidentId,
        /// For whom; the account's own State when not said.
        #[serde(default)]
        addressee: Option<Addressee>,
        /// What to say with it.
        #[serde(default)]
        note: Option<String>,
    },
}

/// The live channel (websocket, RFC 6455): events this account may see, from a
/// place in the log on. Frames are JSON texts as described by `Say`; clients
/// may say what `Command` describes.
#[utoipa::path(
    tag = "events", params(LiveQuery),
    responses(
        (status = 101, description = "Switching to the websocket"),
        (status = 400, description = "Not a websocket request", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed, or from another site", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/live")]
pub async fn live(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<LiveQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let viewer = who.viewer();
    can(&viewer, Action::ReadIncidents, None)?;
    refuse_other_sites(&request, &rooms.public_url)?;
    let mut response = ws::handshake(request.head()).map_err(|e| Problem::with(Code::Syntax, e))?;
    let (answers, outbox) = mpsc::channel(ANSWERS);
    let heard = Arc::new(AtomicBool::new(true));
    let reader = Reader { rooms: rooms.clone(), who: Arc::new(who), answers, heard: heard.clone() };
    let until = reader.who.until;
    rt::spawn(reader.listen(payload));
    let line = Line::open(&rooms, viewer, &query, outbox, heard, until).await?;
    let body = BodyStream::new(stream::unfold(line, |mut line| async move {
        let bytes = line.next().await?;
        Some((Ok::<_, std::convert::Infallible>(web::Bytes::from(bytes)), line))
    }));
    Ok(HttpResponse::from(response.message_body(BoxBody::new(body)).map_err(|_| Problem::new(Code::Fault))?))
}

/// A browser says which site a page comes from; a page of another site may not
/// open a channel with the cookies or tokens of this one.
fn refuse_other_sites(request: &HttpRequest, public_url: &str) -> Result<(), Problem> {
    let origin = request.headers().get("Origin").and_then(|value| value.to_str().ok());
    match origin {
        Some(origin) if origin.trim_end_matches('/') != public_url.trim_end_matches('/') => {
            Err(Problem::new(Code::ForeignOrigin))
        }
        _ => Ok(()),
    }
}

/// What the reading side hands to the writing side.
enum Out {
    /// Bytes to be written.
    Bytes(Vec<u8>),
    /// The last bytes.
    Last(Vec<u8>),
}

/// The side that reads what the client says. Runs until the client is gone.
struct Reader {
    rooms: web::Data<Rooms>,
    who: Arc<SignedIn>,
    answers: mpsc::Sender<Out>,
    heard: Arc<AtomicBool>,
}

impl Reader {
    async fn listen(self, mut payload: web::Payload) {
        let mut codec = Codec::new().max_size(LARGEST_MESSAGE);
        let mut buffer = web::BytesMut::new();
        while let Some(Ok(chunk)) = payload.next().await {
            buffer.extend_from_slice(&chunk);
            self.heard.store(true, Ordering::Relaxed);
            loop {
                let out = match codec.decode(&mut buffer) {
                    Ok(None) => break,
                    Ok(Some(Incoming::Text(text))) => Out::Bytes(self.follow(&text).await),
                    Ok(Some(Incoming::Ping(data))) => Out::Bytes(control(Message::Pong(data))),
                    Ok(Some(Incoming::Close(reason))) => Out::Last(control(Message::Close(reason))),
                    Ok(Some(Incoming::Pong(_))) => continue,
                    Ok(Some(Incoming::Binary(_) | Incoming::Continuation(_))) => {
                        Out::Last(closing(ws::CloseCode::Unsupported, "text frames only"))
                    }
                    Err(ws::ProtocolError::Overflow) => {
                        Out::Last(closing(ws::CloseCode::Size, "a message has at most 16 KiB"))
                    }
                    Err(_) => Out::Last(closing(ws::CloseCode::Protocol, "not a websocket frame")),
                };
                let last = matches!(out, Out::Last(_));
                if self.answers.send(out).await.is_err() || last {
                    return;
                }
            }
        }
    }

    /// Does what the client says, and answers.
    async fn follow(&self, text: &[u8]) -> Vec<u8> {
        let (id, problem) = match input::read::<Command>(text) {
            Err(problem) => (String::new(), Some(problem)),
            Ok(command) => {
                let id = match &command {
                    Command::Received { id, .. } | Command::Acknowledge { id, .. } => id.clone(),
                };
                (id, self.carry_out(command, crate::proof::digest_hex(text)).await.err())
            }
        };
        let problem = problem.map(|p| serde_json::to_value(p).unwrap_or_default());
        encode(&Say::Answer { id: &id, ok: problem.is_none(), problem })
    }

    async fn carry_out(&self, command: Command, body: String) -> Result<(), Problem> {
        let (desk, who) = (self.rooms.desk.clone(), self.who.clone());
        super::apart(move || -> Result<(), Problem> {
            let viewer = who.viewer();
            match command {
                Command::Received { incident, message, addressee, .. } => {
                    desk.receive(&viewer, incident, &addressee_for(&who, addressee)?, message)?;
                }
                Command::Acknowledge { id, incident, addressee, note } => {
                    let account = who.account.id;
                    let key = crate::desk::Idempotency { account, route: "live", key: id, body };
                    let addressee = addressee_for(&who, addressee)?;
                    let asked =
                        crate::desk::Asked { idempotency: Some(&key), ..crate::desk::Asked::by(&viewer) };
                    desk.acknowledge(asked, incident, &addressee, note.as_deref())?;
                }
            }
            Ok(())
        })
        .await
    }
}

/// What ends a wait.
enum Woken {
    Out(Option<Out>),
    Closing,
    Expired,
    Beat,
    Grown(bool),
}

/// The side that writes: a cursor on the log and what the reading side hands over.
struct Line {
    rooms: web::Data<Rooms>,
    viewer: Viewer,
    mode: Mode,
    cursor: Seq,
    greeting: Option<Vec<u8>>,
    outbox: mpsc::Receiver<Out>,
    grown: watch::Receiver<Seq>,
    closing: watch::Receiver<bool>,
    heard: Arc<AtomicBool>,
    heard_at: Instant,
    beat: Instant,
    expiry: Instant,
    ended: bool,
    _open: OpenLine,
}

impl Line {
    async fn open(
        rooms: &web::Data<Rooms>,
        viewer: Viewer,
        query: &LiveQuery,
        outbox: mpsc::Receiver<Out>,
        heard: Arc<AtomicBool>,
        until: jiff::Timestamp,
    ) -> Result<Self, Problem> {
        let reading = rooms.reading.clone();
        // The store's head, not the hub's: the hub may be a moment behind what a
        // client has already read elsewhere, and that is no gap.
        let (log, newest) =
            super::apart(move || Ok::<_, Problem>((reading.log_id()?, reading.head()?))).await?;
        let wanted = query.since.map_or(newest, Seq);
        let strange = wanted > newest || query.log.as_ref().is_some_and(|known| *known != log);
        let cursor = if strange { newest } else { wanted };
        let greeting = if strange {
            encode(&Say::Reset { log: &log, head: newest })
        } else {
            encode(&Say::Hello { log: &log, head: newest, since: cursor })
        };
        let now = Instant::now();
        let left = until.duration_since(rooms.desk.now());
        Ok(Self {
            viewer,
            mode: query.mode,
            cursor,
            greeting: Some(greeting),
            outbox,
            grown: rooms.hub.subscribe(),
            closing: rooms.hub.closing(),
            heard,
            heard_at: now,
            beat: now + HEARTBEAT,
            expiry: now + Duration::try_from(left).unwrap_or_default(),
            ended: false,
            rooms: rooms.clone(),
            _open: OpenLine::new(),
        })
    }

    /// The next bytes for the client; `None` when it is over.
    async fn next(&mut self) -> Option<Vec<u8>> {
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting);
        }
        while !self.ended {
            if let Ok(out) = self.outbox.try_recv() {
                return self.hand_over(Some(out));
            }
            // Marked before reading, so that growth in between wakes at once.
            self.grown.borrow_and_update();
            let slice = self.read_on().await;
            let moved = slice.cursor > self.cursor;
            self.cursor = slice.cursor;
            if !slice.bytes.is_empty() {
                return Some(slice.bytes);
            }
            if !moved && let Some(bytes) = self.wait().await {
                return bytes;
            }
        }
        None
    }

    async fn read_on(&self) -> Slice {
        if let Some(slice) = self.rooms.hub.read(self.cursor, &self.viewer, self.mode) {
            return slice;
        }
        let (hub, cursor, viewer, mode) = (self.rooms.hub.clone(), self.cursor, self.viewer, self.mode);
        let paged = super::apart(move || hub.read_back(cursor, &viewer, mode)).await;
        // A store that cannot be read leaves the cursor where it is: nothing is
        // skipped, and the client is served when it can be read again.
        paged.unwrap_or(Slice { bytes: Vec::new(), cursor })
    }

    /// Waits for something to say. `None`: look at the log again.
    async fn wait(&mut self) -> Option<Option<Vec<u8>>> {
        let woken = tokio::select! {
            biased;
            out = self.outbox.recv() => Woken::Out(out),
            _ = self.closing.wait_for(|closing| *closing) => Woken::Closing,
            () = sleep_until(self.expiry) => Woken::Expired,
            () = sleep_until(self.beat) => Woken::Beat,
            changed = self.grown.changed() => Woken::Grown(changed.is_ok()),
        };
        match woken {
            Woken::Out(out) => Some(self.hand_over(out)),
            Woken::Closing => {
                Some(Some(self.close(ws::CloseCode::Restart, "the server restarts: resume after a moment")))
            }
            Woken::Expired => Some(Some(self.close(ws::CloseCode::Other(4401), "the token has expired"))),
            Woken::Beat => Some(self.heartbeat()),
            Woken::Grown(hub_lives) => {
                self.ended = !hub_lives;
                None
            }
        }
    }

    fn close(&mut self, code: ws::CloseCode, why: &str) -> Vec<u8> {
        self.ended = true;
        closing(code, why)
    }

    fn hand_over(&mut self, out: Option<Out>) -> Option<Vec<u8>> {
        match out {
            Some(Out::Bytes(bytes)) => Some(bytes),
            Some(Out::Last(bytes)) => {
                self.ended = true;
                Some(bytes)
            }
            // The reading side is gone, and with it the client.
            None => {
                self.ended = true;
                None
            }
        }
    }

    fn heartbeat(&mut self) -> Option<Vec<u8>> {
        let now = Instant::now();
        if self.heard.swap(false, Ordering::Relaxed) {
            self.heard_at = now;
        } else if now - self.heard_at > PATIENCE {
            self.ended = true;
            return None;
        }
        self.beat = now + HEARTBEAT;
        let mut bytes = control(Message::Ping(web::Bytes::new()));
        bytes.extend(encode(&Say::Position { seq: self.cursor }));
        Some(bytes)
    }
}

fn control(message: Message) -> Vec<u8> {
    let mut bytes = web::BytesMut::new();
    // Encoding a control frame into memory cannot fail.
    let _ = Codec::new().encode(message, &mut bytes);
    bytes.to_vec()
}

fn closing(code: ws::CloseCode, why: &str) -> Vec<u8> {
    control(Message::Close(Some(ws::CloseReason { code, description: Some(why.to_owned()) })))
}

/// Counts a line for as long as it is open.
struct OpenLine;

impl OpenLine {
    fn new() -> Self {
        metrics::gauge!("outcross_live_connections").increment(1.0);
        Self
    }
}

impl Drop for OpenLine {
    fn drop(&mut self) {
        metrics::gauge!("outcross_live_connections").decrement(1.0);
    }
}
