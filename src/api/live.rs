//! The live channel: a websocket whose reader is a cursor on the log.
//!
//! ```text
//!   client                                server
//!     ── GET /api/v1/live?mode=…&since=… ─▶
//!     ◀─ hello {log, head, since, retry}     (or reset, and a visible gap)
//!     ◀─ event … event … position …          catching up and live alike
//!     ── {"do":"received", …} ─────────────▶
//!     ◀─ answer {id, ok}
//!     ◀─ ping, position                      every 15 seconds
//!     ── pong, or anything else ───────────▶
//!     ◀─ bye {retry_after_ms}, close 1012    when the server stops
//! ```
//!
//! | close | meaning |
//! |---|---|
//! | 1012 | the server restarts: come back after what `bye` says, and resume |
//! | 4401 | the token has expired: come back with another one |
//! | 4408 | nothing was heard of the client: come back and resume |
//!
//! Nothing is kept per connection but its cursor, so a slow reader costs
//! nothing and delays nobody. A receiver that is silent, or takes nothing, is
//! gone within a minute; it resumes where it stood.

use super::{Rooms, incidents::addressee_for};
use crate::{
    alert::{
        frame::{Say, encode},
        gallery::{Gallery, PASSED, Place, ROUND},
        hub::{Hub, Next, Stretch},
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
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use serde::Deserialize;
use std::{
    cell::Cell,
    convert::Infallible,
    future::Future,
    pin::Pin,
    rc::Rc,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    sync::mpsc,
    time::{Instant, Sleep, sleep_until},
};
use tokio_util::codec::{Decoder, Encoder};
use utoipa::{IntoParams, ToSchema};

/// How often the server shows that it lives, and how long it bears a client
/// that does not. Together less than the time said: a client that falls silent
/// and then takes nothing is gone within it as well.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Between two pings.
    pub heartbeat: Duration,
    /// How long may a client be silent, with pings unanswered?
    pub silence: Duration,
    /// How long may what was sent to it stand, without its taking any of it?
    pub stuck: Duration,
}

impl Pace {
    /// A client that is gone is let go within so long.
    pub fn within(time: Duration) -> Self {
        Self { heartbeat: time / 4, silence: time * 8 / 15, stuck: time * 2 / 5 }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::within(Duration::from_mins(1))
    }
}

/// How many frames may a client be given before somebody looks at the clock?
const UNWATCHED: u32 = 64;

/// After how long is the store asked again when it could not be read?
const AGAIN: Duration = Duration::from_secs(1);

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
    gallery: web::Data<Rc<Gallery>>,
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
    let heard_at = Rc::new(Cell::new(Instant::now()));
    let left = who.until.duration_since(rooms.desk.now());
    let expiry = Instant::now() + Duration::try_from(left).unwrap_or_default();
    let line = Line::open(&rooms, &gallery, viewer, &query, outbox, heard_at.clone(), expiry).await?;
    let reader = Reader { rooms: rooms.clone(), who: Arc::new(who), answers, heard_at };
    rt::spawn(reader.listen(payload));
    let body = BoxBody::new(BodyStream::new(line));
    Ok(HttpResponse::from(response.message_body(body).map_err(|_| Problem::new(Code::Fault))?))
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
    Bytes(Bytes),
    /// The last bytes.
    Last(Bytes),
}

/// The side that reads what the client says. Runs until the client is gone.
struct Reader {
    rooms: web::Data<Rooms>,
    who: Arc<SignedIn>,
    answers: mpsc::Sender<Out>,
    heard_at: Rc<Cell<Instant>>,
}

impl Reader {
    async fn listen(self, mut payload: web::Payload) {
        let mut codec = Codec::new().max_size(LARGEST_MESSAGE);
        let mut buffer = web::BytesMut::new();
        while let Some(Ok(chunk)) = payload.next().await {
            buffer.extend_from_slice(&chunk);
            drop(chunk);
            self.heard_at.set(Instant::now());
            loop {
                let out = match codec.decode(&mut buffer) {
                    Ok(None) => break,
                    // In a box: most receivers never say a word.
                    Ok(Some(Incoming::Text(text))) => Out::Bytes(Box::pin(self.follow(&text)).await),
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
            if buffer.is_empty() {
                // What a large message took is given back.
                buffer = web::BytesMut::new();
            }
        }
    }

    /// Does what the client says, and answers.
    async fn follow(&self, text: &[u8]) -> Bytes {
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
        encode(&Say::Answer { id: &id, ok: problem.is_none(), problem }).into()
    }

    async fn carry_out(&self, command: Command, body: String) -> Result<(), Problem> {
        let (desk, who) = (self.rooms.desk.clone(), self.who.clone());
        if self.rooms.hub.is_dismissed(&who.viewer()) {
            return Err(Problem::new(Code::NotSignedIn));
        }
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

/// A part of the log being read from the store.
type Fetching = Pin<Box<dyn Future<Output = Option<Arc<Stretch>>>>>;

/// The side that writes: a cursor on the log, and what the reading side hands
/// over. What is not taken is not made.
struct Line {
    hub: Arc<Hub>,
    place: Place,
    viewer: Viewer,
    mode: Mode,
    cursor: Seq,
    /// The place in the log the client knows it stands at.
    told: Seq,
    /// When it was last told a place, without an event.
    told_at: Option<Instant>,
    greeting: Option<Bytes>,
    outbox: mpsc::Receiver<Out>,
    fetching: Option<Fetching>,
    stretch: Option<Arc<Stretch>>,
    /// When the store is asked again.
    again: Option<Instant>,
    heard_at: Rc<Cell<Instant>>,
    pace: Pace,
    beat: Instant,
    expiry: Instant,
    alarm: Pin<Box<Sleep>>,
    /// How often it was asked for bytes without looking at the clock.
    unwatched: u32,
    ended: bool,
    _open: OpenLine,
}

impl Line {
    async fn open(
        rooms: &web::Data<Rooms>,
        gallery: &Rc<Gallery>,
        viewer: Viewer,
        query: &LiveQuery,
        outbox: mpsc::Receiver<Out>,
        heard_at: Rc<Cell<Instant>>,
        expiry: Instant,
    ) -> Result<Self, Problem> {
        let hub = rooms.hub.clone();
        let newest = match query.since.map(Seq) {
            // Most come back to a place the hub knows.
            Some(since) if since <= hub.head() => hub.head(),
            // The store's head, not the hub's: the hub may be a moment behind
            // what a client has already read elsewhere, and that is no gap.
            _ => {
                let reading = rooms.reading.clone();
                super::apart(move || reading.head()).await?
            }
        };
        let wanted = query.since.map_or(newest, Seq);
        let log = hub.log_id();
        let strange = wanted > newest || query.log.as_ref().is_some_and(|known| known != log);
        let cursor = if strange { newest } else { wanted };
        let retry = hub.retry();
        let greeting = if strange {
            encode(&Say::Reset { log, head: newest, retry })
        } else {
            encode(&Say::Hello { log, head: newest, since: cursor, retry })
        };
        let seat = gallery.join(&viewer, query.mode);
        let pace = rooms.pace;
        // The first heartbeat comes early, each client's at another time: those
        // that came together are not all asked together.
        let beat = Instant::now() + pace.heartbeat.mul_f64(0.5 + 0.5 * seat.share());
        Ok(Self {
            hub,
            place: seat,
            viewer,
            mode: query.mode,
            cursor,
            told: cursor,
            told_at: None,
            greeting: Some(greeting.into()),
            outbox,
            fetching: None,
            stretch: None,
            again: None,
            heard_at,
            pace,
            beat,
            expiry,
            alarm: Box::pin(sleep_until(beat.min(expiry))),
            unwatched: 0,
            ended: false,
            _open: OpenLine::new(),
        })
    }

    /// The next bytes for the client; `None` when it is over.
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if self.ended {
            return Poll::Ready(None);
        }
        if let Some(greeting) = self.greeting.take() {
            return Poll::Ready(Some(greeting));
        }
        match self.outbox.poll_recv(context) {
            Poll::Ready(Some(Out::Bytes(bytes))) => return Poll::Ready(Some(bytes)),
            Poll::Ready(Some(Out::Last(bytes))) => return Poll::Ready(Some(self.end_with(bytes))),
            // The reading side is gone, and with it the client.
            Poll::Ready(None) => {
                self.ended = true;
                return Poll::Ready(None);
            }
            Poll::Pending => {}
        }
        if self.place.gallery().is_closing() {
            return Poll::Ready(Some(self.goodbye()));
        }
        // The clock is looked at by those who wait, and now and then by those
        // who do not come to wait.
        self.unwatched += 1;
        if self.unwatched >= UNWATCHED
            && let Some(bytes) = self.look_at_the_clock(context)
        {
            return Poll::Ready(Some(bytes));
        }
        match self.poll_log(context) {
            Poll::Ready(Some(bytes)) => Poll::Ready(Some(bytes)),
            waiting => {
                if waiting.is_ready() {
                    self.place.wait(context.waker());
                }
                self.look_at_the_clock(context).map_or(Poll::Pending, |bytes| Poll::Ready(Some(bytes)))
            }
        }
    }

    /// Does what the time has come for, and is woken when the next comes.
    fn look_at_the_clock(&mut self, context: &mut Context<'_>) -> Option<Bytes> {
        self.unwatched = 0;
        while self.alarm.as_mut().poll(context).is_ready() {
            let bytes = self.wake_up(Instant::now());
            // Whoever waited to ask the store again does.
            context.waker().wake_by_ref();
            if bytes.is_some() {
                return bytes;
            }
        }
        None
    }

    /// What the log has for the client; `None` when it has come to the end.
    fn poll_log(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        loop {
            if let Some(fetching) = &mut self.fetching {
                let fetched = ready!(fetching.as_mut().poll(context));
                self.fetching = None;
                self.stretch = fetched;
                if self.stretch.is_none() {
                    // The cursor stays where it is: nothing is skipped.
                    self.again = Some(Instant::now() + AGAIN);
                    self.set_alarm();
                }
            }
            if self.again.is_some() {
                return Poll::Pending;
            }
            let next = match &self.stretch {
                Some(stretch) => stretch.next(&mut self.cursor, &self.viewer, self.mode),
                None => self.hub.next(&mut self.cursor, &self.viewer, self.mode),
            };
            match next {
                Next::Frame(bytes) => {
                    self.told = self.cursor;
                    return Poll::Ready(Some(bytes));
                }
                Next::End if self.stretch.is_some() => self.stretch = None,
                Next::End => return Poll::Ready(self.position()),
                Next::More => {}
                Next::Behind => {
                    let hub = self.hub.clone();
                    self.fetching = Some(Box::pin(hub.fetch(self.cursor, self.viewer, self.mode)));
                }
            }
            if let Some(position) = self.position() {
                return Poll::Ready(Some(position));
            }
        }
    }

    /// Where the client stands, once much has passed that it may not see.
    fn position(&mut self) -> Option<Bytes> {
        if self.cursor.0 - self.told.0 < PASSED {
            return None;
        }
        let now = Instant::now();
        // A little earlier than the round comes by, which must not find it too early.
        if self.told_at.is_some_and(|told_at| now < told_at + ROUND * 9 / 10) {
            return None;
        }
        Some(self.tell_position(now).into())
    }

    fn tell_position(&mut self, now: Instant) -> Vec<u8> {
        self.told = self.cursor;
        self.told_at = Some(now);
        encode(&Say::Position { seq: self.cursor })
    }

    /// Does what the time has come for.
    fn wake_up(&mut self, now: Instant) -> Option<Bytes> {
        if now >= self.expiry {
            return Some(self.end_with(closing(EXPIRED, "the token has expired")));
        }
        if self.hub.is_dismissed(&self.viewer) {
            return Some(self.end_with(closing(EXPIRED, "the account is no longer served")));
        }
        if now >= self.heard_at.get() + self.pace.silence {
            return Some(self.end_with(closing(SILENT, "nothing was heard of this receiver")));
        }
        if self.again.is_some_and(|again| now >= again) {
            self.again = None;
        }
        let mut bytes = Vec::new();
        if now >= self.beat {
            self.beat = now + self.pace.heartbeat;
            bytes.extend_from_slice(&control(Message::Ping(Bytes::new())));
            bytes.extend(self.tell_position(now));
        }
        self.set_alarm();
        (!bytes.is_empty()).then(|| bytes.into())
    }

    fn set_alarm(&mut self) {
        let silent = self.heard_at.get() + self.pace.silence;
        let first = self.beat.min(self.expiry).min(silent);
        let first = self.again.map_or(first, |again| first.min(again));
        self.alarm.as_mut().reset(first);
    }

    fn goodbye(&mut self) -> Bytes {
        let mut bytes = encode(&self.hub.bye());
        bytes.extend(closing(ws::CloseCode::Restart, "the server restarts: resume after a moment"));
        self.end_with(bytes.into())
    }

    fn end_with(&mut self, bytes: Bytes) -> Bytes {
        self.ended = true;
        bytes
    }
}

impl Stream for Line {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_bytes(context).map(|bytes| bytes.map(Ok))
    }
}

/// The token has expired.
const EXPIRED: ws::CloseCode = ws::CloseCode::Other(4401);

/// Nothing was heard of the client.
const SILENT: ws::CloseCode = ws::CloseCode::Other(4408);

fn control(message: Message) -> Bytes {
    let mut bytes = web::BytesMut::new();
    // Encoding a control frame into memory cannot fail.
    let _ = Codec::new().encode(message, &mut bytes);
    bytes.freeze()
}

fn closing(code: ws::CloseCode, why: &str) -> Bytes {
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
