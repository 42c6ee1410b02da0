//! Receivers of webhooks on this machine, by plain sockets: what a library
//! would forbid is what is to be tried.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::watch,
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

/// How long may anything take before the test fails instead of hanging?
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Waits for `what`, but not for ever.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    timeout(PATIENCE, what).await.expect("it happens before patience runs out")
}

/// What a receiver does with a request.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Answers with these bytes.
    Answer(String),
    /// Takes the request and says nothing.
    Hang,
    /// Answers 200 and then sends bytes for as long as they are taken.
    Flood,
    /// Answers 200, promises a body, and sends none.
    Stall,
    /// Answers 200 when told to.
    Wait(watch::Receiver<bool>),
    /// Takes the request and closes.
    Close,
}

/// An answer with a status and headers (each ending in CR LF).
pub fn answer(status: u16, headers: &str) -> Manner {
    Manner::Answer(format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n{headers}\r\n"))
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

#[derive(Default)]
struct Seen {
    requests: Vec<Request>,
    flooded: Option<usize>,
}

/// A receiver. It ends when dropped.
pub struct Receiver {
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    count: watch::Sender<usize>,
    work: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.work.abort();
    }
}

/// The identity of every server in these tests.
pub fn acceptor() -> TlsAcceptor {
    let certificates = CertificateDer::pem_slice_iter(include_bytes!("certificates/server.pem"))
        .collect::<Result<Vec<_>, _>>()
        .expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("certificates/server.key.pem")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("TLS")
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .expect("a certificate that fits its key");
    TlsAcceptor::from(Arc::new(config))
}

impl Receiver {
    /// A receiver that treats the first requests as in `first`, and all others
    /// as in `then`.
    pub async fn open(first: Vec<Manner>, then: Manner) -> Self {
        Self::open_with(first, then, None).await
    }

    /// The same behind TLS.
    pub async fn open_with_tls(then: Manner) -> Self {
        Self::open_with(Vec::new(), then, Some(acceptor())).await
    }

    async fn open_with(first: Vec<Manner>, then: Manner, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let count = watch::channel(0).0;
        let (seen_by, counted) = (seen.clone(), count.clone());
        let work = tokio::spawn(async move {
            let mut manners = first.into_iter();
            let mut guests = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.expect("a guest");
                let manner = manners.next().unwrap_or_else(|| then.clone());
                let (seen, count, tls) = (seen_by.clone(), counted.clone(), tls.clone());
                guests.spawn(async move {
                    match tls {
                        None => treat(stream, manner, seen, count).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                treat(stream, manner, seen, count).await;
                            }
                        }
                    }
                });
            }
        });
        Self { address, seen, count, work }
    }

    /// Its URL by address.
    pub fn url(&self) -> String {
        format!("http://{}/alerts", self.address)
    }

    /// Its URL by a name.
    pub fn url_at(&self, scheme: &str, name: &str) -> String {
        format!("{scheme}://{name}:{}/alerts", self.address.port())
    }

    /// Waits for `count` requests; all that came.
    pub async fn requests(&self, count: usize) -> Vec<Request> {
        let mut counts = self.count.subscribe();
        soon(counts.wait_for(|seen| *seen >= count)).await.expect("the receiver is there");
        self.requests_so_far()
    }

    /// Requests that came until now.
    pub fn requests_so_far(&self) -> Vec<Request> {
        self.seen.lock().expect("no panic").requests.clone()
    }

    /// Waits until a flood has been cut off; how many bytes went out.
    pub async fn flooded(&self) -> usize {
        let mut counts = self.count.subscribe();
        let seen = self.seen.clone();
        let cut = move |_: &usize| seen.lock().expect("no panic").flooded.is_some();
        soon(counts.wait_for(cut)).await.expect("the receiver is there");
        self.seen.lock().expect("no panic").flooded.unwrap_or_default()
    }
}

/// Reads one request, and does with it as told.
async fn treat(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    manner: Manner,
    seen: Arc<Mutex<Seen>>,
    count: watch::Sender<usize>,
) {
    let Some(request) = read(&mut stream).await else { return };
    seen.lock().expect("no panic").requests.push(request);
    count.send_modify(|seen| *seen += 1);
    match manner {
        Manner::Answer(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        Manner::Hang => std::future::pending().await,
        Manner::Stall => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n").await;
            std::future::pending::<()>().await;
        }
        Manner::Close => {}
        Manner::Wait(mut told) => {
            let _ = told.wait_for(|told| *told).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
        Manner::Flood => {
            const GIGABYTE: usize = 1 << 30;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {GIGABYTE}\r\n\r\n");
            let mut sent = 0;
            if stream.write_all(head.as_bytes()).await.is_ok() {
                let piece = vec![b'x'; 64 * 1024];
                while sent < GIGABYTE {
                    match stream.write(&piece).await {
                        Ok(written) if written > 0 => sent += written,
                        _ => break,
                    }
                }
            }
            seen.lock().expect("no panic").flooded = Some(sent);
            count.send_modify(|_| ());
        }
    }
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let mut lines = text.split("\r\n");
    assert!(lines.next()?.starts_with("POST /alerts HTTP/1.1"), "{text}");
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Request { headers, body })
}
