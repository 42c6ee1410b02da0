//! Mail through relays that behave, refuse, hang, and die at every step.

use crate::{
    desk::{Desk, settings_with_relay, start},
    relay::{KIND, Manner, Relay},
};
use outcross::{
    alert::courier::{
        Settings,
        mail::{self, Tls},
    },
    domain::delivery::Outcome,
};
use std::time::Duration;

/// A message with what tempts a mail program to change it: a line that begins
/// with a dot, one that is only a dot, letters beyond ASCII, an empty line at
/// the end.
const TEXT: &[u8] = "Message-ID: <1@outcross.example>\r\nSubject: Notice\r\n\r\n\
    .hidden\r\n.\r\n..\r\nÜber die Grenze\r\n\r\n"
    .as_bytes();

/// Settings for `relay`, changed.
fn changed(relay: &Relay, change: impl FnOnce(&mut mail::Settings)) -> Settings {
    let mut settings = settings_with_relay(relay.port);
    change(settings.mail.as_mut().expect("a relay"));
    settings
}

/// What comes of one message at a relay with this manner.
async fn outcome_at(manner: Manner) -> Outcome {
    let relay = Relay::open(Vec::new(), manner).await;
    let desk = Desk::new(false);
    desk.put_mail(TEXT);
    let _courier = start(&desk, settings_with_relay(relay.port));
    desk.outcome().await
}

#[tokio::test]
async fn a_message_is_handed_over_byte_for_byte() {
    let relay = Relay::open(Vec::new(), KIND).await;
    let desk = Desk::new(false);
    desk.put_mail(TEXT);
    let _courier = start(&desk, settings_with_relay(relay.port));
    assert_eq!(desk.outcome().await, Outcome::sent("250 2.0.0 Ok: queued as 7F3A"));
    let taken = relay.taken(1).await;
    assert_eq!(String::from_utf8_lossy(&taken[0].text), String::from_utf8_lossy(TEXT));
    assert_eq!(
        taken[0].commands,
        ["MAIL FROM:<alerts@outcross.example> BODY=8BITMIME", "RCPT TO:<focal.point@example.org>", "DATA"]
    );
    assert_eq!(relay.heard()[0], "EHLO outcross.example");
}

#[tokio::test]
async fn a_relay_that_dies_after_the_text_may_have_it_so_the_repeat_is_the_same() {
    let relay = Relay::open(vec![Manner { text: "", ..KIND }], KIND).await;
    let desk = Desk::new(true);
    let message = desk.put_mail(TEXT);
    let _courier = start(&desk, settings_with_relay(relay.port));
    let settled = desk.settled(2).await;
    assert_eq!(settled[0], (message, Outcome::later("answer lost after DATA")));
    assert_eq!(settled[1], (message, Outcome::sent("250 2.0.0 Ok: queued as 7F3A")));
    let taken = relay.taken(2).await;
    assert_eq!(taken[0], taken[1], "the receiver can drop the repeat by its Message-ID");
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let cases = [
        (Manner { rcpt: "450 4.2.0 greylisted, come back", ..KIND }, Outcome::later("smtp 450 4.2.0")),
        (
            Manner { rcpt: "550 5.1.1 <focal.point@example.org> unknown", ..KIND },
            Outcome::never("smtp 550 5.1.1"),
        ),
        (Manner { rcpt: "550 no such user here", ..KIND }, Outcome::never("smtp 550")),
        (Manner { mail: "452 4.3.1 no room", ..KIND }, Outcome::later("smtp 452 4.3.1")),
        (Manner { data: "554 5.5.1 no", ..KIND }, Outcome::never("smtp 554 5.5.1")),
        (Manner { data: "250 of course", ..KIND }, Outcome::later("relay: unexpected answer 250")),
        (Manner { text: "451 4.3.0 later", ..KIND }, Outcome::later("smtp 451 4.3.0")),
        (Manner { text: "554-5.7.1 looks\r\n554 5.7.1 odd", ..KIND }, Outcome::never("smtp 554 5.7.1")),
        (
            Manner { greeting: "554 5.7.1 not you", ..KIND },
            Outcome::later("relay refused us: smtp 554 5.7.1"),
        ),
        (Manner { greeting: "421 busy", ..KIND }, Outcome::later("relay refused us: smtp 421")),
        (Manner { offers: &[], ..KIND }, Outcome::never("relay takes no 8-bit text")),
    ];
    for (manner, expected) in cases {
        assert_eq!(outcome_at(manner).await, expected);
    }
}

#[tokio::test]
async fn a_line_that_breaks_before_the_text_is_no_answer() {
    for manner in [
        Manner { greeting: "", ..KIND },
        Manner { mail: "", ..KIND },
        Manner { rcpt: "", ..KIND },
        Manner { data: "", ..KIND },
        Manner { greeting: "HTTP/1.1 400 Bad Request", ..KIND },
    ] {
        assert_eq!(outcome_at(manner).await, Outcome::later("relay: connection lost"));
    }
}

#[tokio::test]
async fn a_relay_that_hangs_is_given_up_and_where_it_hung_is_known() {
    for (manner, expected) in [
        (Manner { greeting: "hang", ..KIND }, "relay: timed out"),
        (Manner { rcpt: "hang", ..KIND }, "relay: timed out"),
        (Manner { text: "hang", ..KIND }, "answer lost after DATA"),
    ] {
        let relay = Relay::open(Vec::new(), manner).await;
        let desk = Desk::new(false);
        desk.put_mail(TEXT);
        let _courier = start(&desk, changed(&relay, |mail| mail.within = Duration::from_millis(500)));
        assert_eq!(desk.outcome().await, Outcome::later(expected));
    }
}

#[tokio::test]
async fn a_relay_that_is_not_there_is_tried_later() {
    let relay = Relay::open(Vec::new(), KIND).await;
    let settings = settings_with_relay(relay.port);
    drop(relay);
    let desk = Desk::new(false);
    desk.put_mail(TEXT);
    let _courier = start(&desk, settings);
    assert_eq!(desk.outcome().await, Outcome::later("relay: connection refused"));
}

#[tokio::test]
async fn a_relay_that_hangs_does_not_hold_up_webhooks() {
    let relay = Relay::open(Vec::new(), Manner { greeting: "hang", ..KIND }).await;
    let receiver = crate::receivers::Receiver::open(Vec::new(), crate::receivers::answer(200, "")).await;
    let desk = Desk::new(false);
    for _ in 0..100 {
        desk.put_mail(TEXT);
    }
    desk.put_webhook(&receiver.url(), b"{}");
    let _courier = start(&desk, settings_with_relay(relay.port));
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
}

#[tokio::test]
async fn addresses_and_texts_that_could_smuggle_commands_are_refused() {
    let relay = Relay::open(Vec::new(), KIND).await;
    let desk = Desk::new(false);
    let mail = |address: &str| outcross::alert::courier::Destination::Mail { address: address.to_owned() };
    for address in ["", "nobody", "a@b>\r\nDATA\r\n", "a@example.org SIZE=1", "a b@example.org"] {
        desk.put(mail(address), TEXT);
    }
    desk.put_mail(b"Subject: x\r\n\r\n\n.\r\nMAIL FROM:<x@example.org>\r\n");
    let _courier = start(&desk, settings_with_relay(relay.port));
    let settled = desk.settled(6).await;
    let invalid = settled.iter().filter(|(_, outcome)| *outcome == Outcome::never("address not valid"));
    assert_eq!(invalid.count(), 5, "{settled:?}");
    assert!(settled.iter().any(|(_, outcome)| *outcome == Outcome::never("text not valid")));
    assert!(relay.heard().is_empty(), "{:?}", relay.heard());
}

#[tokio::test]
async fn tls_is_used_where_asked_for_and_the_name_is_checked() {
    let with = Manner { offers: &["8BITMIME", "STARTTLS"], ..KIND };
    let sent = Outcome::sent("250 2.0.0 Ok: queued as 7F3A");
    let untrusted = Outcome::later("relay: tls failed");
    let named = "localhost";
    for (manner, tls, relay_name, expected) in [
        (with.clone(), Tls::Required, named, sent.clone()),
        (with.clone(), Tls::Opportunistic, named, sent.clone()),
        (KIND, Tls::Opportunistic, named, sent.clone()),
        (Manner { implicit: true, ..KIND }, Tls::Implicit, named, sent.clone()),
        (KIND, Tls::Required, named, Outcome::later("relay offers no TLS")),
        // The certificate is for `localhost`, not for the address.
        (with.clone(), Tls::Required, "127.0.0.1", untrusted.clone()),
        (with.clone(), Tls::Opportunistic, "127.0.0.1", untrusted.clone()),
        (Manner { implicit: true, ..KIND }, Tls::Implicit, "127.0.0.1", untrusted.clone()),
    ] {
        let relay = Relay::open(Vec::new(), manner).await;
        let desk = Desk::new(false);
        desk.put_mail(TEXT);
        let settings = changed(&relay, |mail| {
            mail.tls = tls;
            mail.relay = relay_name.to_owned();
        });
        let _courier = start(&desk, settings);
        let got = desk.outcome().await;
        assert_eq!(got, expected, "{tls:?} {relay_name}");
        let told = relay.heard().iter().any(|command| command.starts_with("MAIL"));
        assert_eq!(told, expected.code() == "sent", "{:?}", relay.heard());
    }
}

#[tokio::test]
async fn answers_slipped_in_before_tls_are_not_taken_for_answers_under_tls() {
    let slipped_in = "\r\n250-relay.test\r\n250 8BITMIME\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 taken";
    let manner = Manner { offers: &["8BITMIME", "STARTTLS"], slipped_in, ..KIND };
    let relay = Relay::open(Vec::new(), manner).await;
    let desk = Desk::new(false);
    desk.put_mail(TEXT);
    let _courier = start(&desk, changed(&relay, |mail| mail.tls = Tls::Required));
    assert_eq!(desk.outcome().await, Outcome::later("relay: tls failed"));
    assert_eq!(relay.heard(), ["EHLO outcross.example", "STARTTLS"]);
}

#[tokio::test]
async fn the_password_is_given_under_tls_and_a_wrong_one_is_not_the_messages_fault() {
    let offers = &["8BITMIME", "STARTTLS", "AUTH PLAIN LOGIN"];
    for (auth, expected) in [
        ("235 2.7.0 welcome", Outcome::sent("250 2.0.0 Ok: queued as 7F3A")),
        ("535 5.7.8 wrong", Outcome::later("relay refused us: smtp 535 5.7.8")),
    ] {
        let relay = Relay::open(Vec::new(), Manner { offers, auth, ..KIND }).await;
        let desk = Desk::new(false);
        desk.put_mail(TEXT);
        let settings = changed(&relay, |mail| {
            mail.tls = Tls::Required;
            mail.login = Some(("outcross".to_owned(), "open sesame".to_owned()));
        });
        let _courier = start(&desk, settings);
        assert_eq!(desk.outcome().await, expected);
        let heard = relay.heard();
        assert_eq!(heard[3], "AUTH PLAIN AG91dGNyb3NzAG9wZW4gc2VzYW1l", "{heard:?}");
        assert_eq!(heard[1], "STARTTLS", "{heard:?}");
    }
}
