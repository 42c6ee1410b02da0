//! A mail relay on this machine that says what a test wants it to say.

use crate::receivers::{acceptor, soon};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::watch,
    task::JoinHandle,
};

/// How a relay behaves in one conversation. Answers are whole lines without
/// their end; an empty answer closes the line, `hang` says nothing for ever.
#[derive(Clone)]
pub struct Manner {
    pub greeting: &'static str,
    pub offers: &'static [&'static str],
    /// What is said, in the clear, in the same breath as the answer to
    /// STARTTLS.
    pub slipped_in: &'static str,
    pub auth: &'static str,
    pub mail: &'static str,
    pub rcpt: &'static str,
    pub data: &'static str,
    pub text: &'static str,
    /// TLS from the first byte.
    pub implicit: bool,
}

/// A relay that takes everything.
pub const KIND: Manner = Manner {
    greeting: "220 relay.test ready",
    offers: &["8BITMIME"],
    slipped_in: "",
    auth: "235 2.7.0 welcome",
    mail: "250 2.1.0 ok",
    rcpt: "250 2.1.5 ok",
    data: "354 go on",
    text: "250 2.0.0 Ok: queued as 7F3A",
    implicit: false,
};

/// One message a relay was given, whether or not it said so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Commands until DATA, without EHLO.
    pub commands: Vec<String>,
    /// The text, with doubled leading dots made single again.
    pub text: Vec<u8>,
}

/// A relay. It ends when dropped.
pub struct Relay {
    pub port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
    heard: Arc<Mutex<Vec<String>>>,
    count: watch::Sender<usize>,
    work: JoinHandle<()>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.work.abort();
    }
}

impl Relay {
    /// A relay that treats its first guests as in `first`, all others as in
    /// `then`.
    pub async fn open(first: Vec<Manner>, then: Manner) -> Self {
        // `localhost` may mean the one or the other: the courier tries both.
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let taken: Arc<Mutex<Vec<Taken>>> = Arc::default();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let count = watch::channel(0).0;
        let talk = Talk { taken: taken.clone(), heard: heard.clone(), count: count.clone() };
        let work = tokio::spawn(async move {
            let mut manners = first.into_iter();
            let mut guests = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.expect("a guest");
                let manner = manners.next().unwrap_or_else(|| then.clone());
                let talk = talk.clone();
                guests.spawn(async move {
                    if manner.implicit {
                        if let Ok(stream) = acceptor().accept(stream).await {
                            let _ = talk.converse(BufReader::new(stream), &manner, true).await;
                        }
                    } else if let Some(inner) = talk.converse(BufReader::new(stream), &manner, true).await
                        && let Ok(stream) = acceptor().accept(inner).await
                    {
                        let _ = talk.converse(BufReader::new(stream), &manner, false).await;
                    }
                });
            }
        });
        Self { port, taken, heard, count, work }
    }

    /// Waits for `count` messages; all that were taken.
    pub async fn taken(&self, count: usize) -> Vec<Taken> {
        let mut counts = self.count.subscribe();
        soon(counts.wait_for(|taken| *taken >= count)).await.expect("the relay is there");
        self.taken.lock().expect("no panic").clone()
    }

    /// Every command that was heard until now, texts left out.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("no panic").clone()
    }
}

#[derive(Clone)]
struct Talk {
    taken: Arc<Mutex<Vec<Taken>>>,
    heard: Arc<Mutex<Vec<String>>>,
    count: watch::Sender<usize>,
}

impl Talk {
    /// One conversation; gives back the line when TLS is to begin on it.
    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut line: BufReader<S>,
        manner: &Manner,
        greet: bool,
    ) -> Option<S> {
        if greet {
            say(&mut line, manner.greeting).await?;
        }
        let mut taken = Taken::default();
        loop {
            let mut command = String::new();
            if line.read_line(&mut command).await.ok()? == 0 {
                return None;
            }
            let command = command.trim_end().to_owned();
            self.heard.lock().expect("no panic").push(command.clone());
            let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            if !matches!(verb.as_str(), "EHLO" | "QUIT") {
                taken.commands.push(command);
            }
            match verb.as_str() {
                "EHLO" => {
                    let mut answer = String::from("250-relay.test");
                    for offer in manner.offers {
                        answer = format!("{answer}\r\n250-{offer}");
                    }
                    say(&mut line, &format!("{answer}\r\n250 HELP")).await?;
                }
                "STARTTLS" => {
                    say(&mut line, &format!("220 go ahead{}", manner.slipped_in)).await?;
                    return Some(line.into_inner());
                }
                "AUTH" => say(&mut line, manner.auth).await?,
                "MAIL" => say(&mut line, manner.mail).await?,
                "RCPT" => say(&mut line, manner.rcpt).await?,
                "DATA" => {
                    say(&mut line, manner.data).await?;
                    if manner.data.starts_with("354") {
                        taken.text = read_text(&mut line).await?;
                        self.taken.lock().expect("no panic").push(std::mem::take(&mut taken));
                        self.count.send_modify(|count| *count += 1);
                        say(&mut line, manner.text).await?;
                    }
                }
                "QUIT" => {
                    let _ = say(&mut line, "221 bye").await;
                    return None;
                }
                _ => say(&mut line, "502 what?").await?,
            }
        }
    }
}

async fn say<S: AsyncRead + AsyncWrite + Unpin>(line: &mut BufReader<S>, answer: &str) -> Option<()> {
    match answer {
        "" => None,
        "hang" => std::future::pending().await,
        answer => {
            line.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
            line.flush().await.ok()
        }
    }
}

async fn read_text<S: AsyncRead + AsyncWrite + Unpin>(line: &mut BufReader<S>) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    loop {
        let mut one = Vec::new();
        if line.read_until(b'\n', &mut one).await.ok()? == 0 {
            return None;
        }
        if one == b".\r\n" {
            return Some(text);
        }
        text.extend_from_slice(one.strip_prefix(b".").unwrap_or(&one));
    }
}
