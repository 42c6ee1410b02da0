//! The receivers: plain sockets that speak just enough of the websocket, all
//! in one thread. Each checks that what it gets is in order.

use futures_util::{StreamExt, stream};
use outcross::domain::clock::{Clock as _, Machine};
use serde_json::json;
use std::{
    cell::RefCell,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    rc::Rc,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::{Notify, mpsc, watch},
    task::LocalSet,
};

/// How many open their lines at the same time.
const AT_ONCE: usize = 1000;

/// What a receiver that takes nothing leaves to the system, in bytes.
const SMALL: u32 = 4096;

/// Now, in microseconds; the other process has the same clock.
pub fn now() -> u64 {
    u64::try_from(Machine.now().as_microsecond()).expect("after 1970")
}

/// What all receivers together have had.
#[derive(Default)]
struct Had {
    arrivals: RefCell<Vec<u64>>,
    more: Notify,
}

/// Does what is said on the standard input, and answers.
pub fn receive(base: &str, data: &Path) {
    let tokens = std::fs::read_to_string(data.join("tokens")).expect("tokens");
    let tokens: Vec<String> = tokens.lines().map(str::to_owned).collect();
    let address: SocketAddr = base.strip_prefix("http://").expect("http").parse().expect("an address");
    let (sender, mut commands) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in BufReader::new(std::io::stdin()).lines() {
            if sender.send(line.expect("text")).is_err() {
                return;
            }
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    LocalSet::new().block_on(&runtime, async {
        let had = Rc::new(Had::default());
        let mut released = watch::channel(false).0;
        let mut tasks = Vec::new();
        while let Some(command) = commands.recv().await {
            let words: Vec<&str> = command.split(' ').collect();
            match words[..] {
                ["connect", count, since, stalled] => {
                    let count: usize = count.parse().expect("a number");
                    let since = if since == "now" { String::new() } else { format!("&since={since}") };
                    released = watch::channel(stalled == "0").0;
                    let (since, tokens, released) = (&since, &tokens, &released);
                    let opening = stream::iter(0..count).map(|number| async move {
                        let stalls = !*released.borrow() && number % 10 == 3;
                        let token = &tokens[number % tokens.len()];
                        (open(address, token, since, stalls).await, stalls)
                    });
                    let mut opened = opening.buffer_unordered(AT_ONCE);
                    while let Some(((stream, rest), stalls)) = opened.next().await {
                        let reader = Reader { stream, rest, last: 0, had: had.clone() };
                        let gate = stalls.then(|| released.subscribe());
                        tasks.push(tokio::task::spawn_local(reader.read(gate)));
                    }
                    println!("{}", json!({"connected": count}));
                }
                ["wait", count] => {
                    let count: usize = count.parse().expect("a number");
                    while had.arrivals.borrow().len() < count {
                        had.more.notified().await;
                    }
                    let mut arrivals = std::mem::take(&mut *had.arrivals.borrow_mut());
                    assert_eq!(arrivals.len(), count, "not more than is meant for them");
                    arrivals.sort_unstable();
                    let (first, middle, last) = (arrivals[0], arrivals[count / 2], arrivals[count - 1]);
                    println!("{}", json!({"first": first, "middle": middle, "last": last}));
                }
                ["release"] => {
                    released.send_replace(true);
                }
                ["drop"] => {
                    tasks.drain(..).for_each(|task| task.abort());
                    tokio::task::yield_now().await;
                    println!("{}", json!({"dropped": true}));
                }
                _ => unreachable!("what is {command}?"),
            }
        }
    });
}

/// Opens a line; returns it with what came after the answer.
async fn open(address: SocketAddr, token: &str, since: &str, small: bool) -> (TcpStream, Vec<u8>) {
    let socket = TcpSocket::new_v4().expect("a descriptor");
    if small {
        socket.set_recv_buffer_size(SMALL).expect("a small buffer");
    }
    let mut stream = socket.connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("an option");
    let request = format!(
        "GET /api/v1/live?mode=test{since} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("a request");
    let mut heard = Vec::new();
    loop {
        let end = heard.windows(4).position(|four| four == b"\r\n\r\n");
        // The greeting, too: who has it is served from then on.
        if let Some(end) = end.filter(|end| frame(&heard[end + 4..]).is_some()) {
            assert!(heard.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&heard));
            let mut rest = heard.split_off(end + 4);
            rest.shrink_to_fit();
            return (stream, rest);
        }
        heard.reserve(512);
        assert!(stream.read_buf(&mut heard).await.expect("an answer") > 0, "the server closed the line");
    }
}

/// Opcode, start and end of the first frame, if it is whole.
fn frame(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    let opcode = bytes.first()? & 0x0f;
    let (start, length) = match *bytes.get(1)? {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?),
        short => (2, usize::from(short)),
    };
    (bytes.len() >= start + length).then_some((opcode, start, start + length))
}

thread_local! {
    /// All receivers read into the same memory, one after the other.
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; 256 * 1024]);
}

struct Reader {
    stream: TcpStream,
    /// A frame that has not come whole.
    rest: Vec<u8>,
    last: u64,
    had: Rc<Had>,
}

impl Reader {
    async fn read(mut self, gate: Option<watch::Receiver<bool>>) {
        if let Some(mut gate) = gate {
            gate.wait_for(|open| *open).await.expect("the load lives");
        }
        let greeted = std::mem::take(&mut self.rest);
        let mut pongs = self.take(&greeted);
        loop {
            if pongs > 0 {
                // Unmasked by a mask of nothing.
                let answer = [0x8A, 0x80, 0, 0, 0, 0].repeat(pongs);
                if self.stream.write_all(&answer).await.is_err() {
                    return;
                }
                pongs = 0;
            }
            self.stream.readable().await.expect("a state");
            let read = BUFFER.with_borrow_mut(|buffer| {
                let kept = self.rest.len();
                buffer[..kept].copy_from_slice(&self.rest);
                let length = kept + self.stream.try_read(&mut buffer[kept..])?;
                Ok::<_, std::io::Error>((length > kept).then(|| self.take(&buffer[..length])))
            });
            match read {
                Ok(Some(asked)) => pongs += asked,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// Takes all whole frames and keeps the rest; returns how many pings were
    /// among them.
    fn take(&mut self, mut bytes: &[u8]) -> usize {
        let arrived = now();
        let mut pings = 0;
        let mut events = 0;
        while let Some((opcode, start, end)) = frame(bytes) {
            match opcode {
                1 => events += usize::from(self.event(&bytes[start..end])),
                9 => pings += 1,
                _ => {}
            }
            bytes = &bytes[end..];
        }
        self.rest.clear();
        self.rest.extend_from_slice(bytes);
        if events > 0 {
            self.had.arrivals.borrow_mut().extend(std::iter::repeat_n(arrived, events));
            self.had.more.notify_one();
        }
        pings
    }

    fn event(&mut self, text: &[u8]) -> bool {
        let Some(rest) = text.strip_prefix(b"{\"type\":\"event\",\"event\":{\"seq\":") else { return false };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
        let seq = digits.fold(0, |number: u64, digit| number * 10 + u64::from(digit - b'0'));
        assert!(seq > self.last, "event {seq} came after {}", self.last);
        self.last = seq;
        true
    }
}
