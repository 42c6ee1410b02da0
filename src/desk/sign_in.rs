//! People sign in: invited by whoever manages their account, with a name and a
//! password and, as a second factor, codes that change every half minute.
//! Wrong attempts slow the next one down and lock nobody out.

use super::{Desk, DeskError, records::IssuedToken};
use crate::{
    domain::{
        account::{Account, Action, Viewer, can},
        id::AccountId,
        sign_in::{
            Access, AccessKind, Credential, Factor, INVITATION, SHORTEST_PASSWORD, Session, wait_after,
        },
    },
    proof::{
        digest_hex,
        secret::{hash_password, in_base32, is_password, step_of_code},
    },
    store::StoreError,
};
use jiff::{SignedDuration, Timestamp};
use std::{collections::HashMap, sync::PoisonError};

/// How many recovery codes are given?
const RECOVERY_CODES: usize = 8;

/// How many names and addresses are remembered for their wrong attempts?
const REMEMBERED: usize = 10_000;

/// How often is it written down that something came from a session?
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Wrong attempts in a row, by name and address, and the time of the last.
pub(super) type Attempts = HashMap<(String, String), (u32, Timestamp)>;

/// Why somebody is not let in, or a name or password not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SignInRefusal {
    /// Which of the two is not said.
    #[error("the name or the password is not right")]
    Wrong,
    /// The code is not good, or was used before.
    #[error("the code is not right, or was used before; wait for the next one")]
    WrongCode,
    /// Too many attempts.
    #[error("too many attempts: wait {0} seconds")]
    Wait(i64),
    /// The invitation was used, or is too old.
    #[error("this invitation was used, or is too old: ask for another one")]
    NoInvitation,
    /// The session has ended.
    #[error("sign in again")]
    NoSession,
    /// The name is not one.
    #[error("a name has 3 to 100 characters")]
    BadName,
    /// Somebody else has the name.
    #[error("somebody else signs in by that name: choose another one")]
    NameTaken,
    /// The password is too short or too long.
    #[error("a password has at least {SHORTEST_PASSWORD} characters, and 200 at the most")]
    BadPassword,
}

/// An invitation as it is handed out, once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssuedInvitation {
    /// What stands in the link.
    pub secret: String,
    /// Until when it is good.
    pub expires: Timestamp,
}

/// A session as the browser keeps it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entered {
    /// What stands in the cookie.
    pub secret: String,
    /// What is asked for next.
    pub next: NextFactor,
}

/// What a session still waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NextFactor {
    /// Nothing: it is open.
    None,
    /// A code of the authenticator, or a recovery code.
    Code,
    /// The second factor is to be set up.
    SetUp,
}

impl Desk {
    /// Invites whoever is to use an account to choose a name and a password.
    /// What they had before is good until they do.
    pub fn invite(&self, viewer: &Viewer, account: AccountId) -> Result<IssuedInvitation, DeskError> {
        let account = self.store.account(viewer, account)?.ok_or(DeskError::NotFound)?;
        can(viewer, Action::ManageAccounts, account.state)?;
        if account.erased.is_some() {
            return Err(DeskError::NotFound);
        }
        self.new_invitation(account.id)
    }

    /// Invites the first administrator, to whom the first token was issued.
    pub fn invite_first(&self, first: &IssuedToken) -> Result<IssuedInvitation, DeskError> {
        self.new_invitation(first.account)
    }

    fn new_invitation(&self, account: AccountId) -> Result<IssuedInvitation, DeskError> {
        let (secret, expires) = (self.new_secret(), self.now() + INVITATION);
        self.store.save_invitation(&digest_hex(secret.as_bytes()), account, expires)?;
        self.log(Some(account), AccessKind::Invited, None)?;
        Ok(IssuedInvitation { secret, expires })
    }

    /// Who is invited by a link, while it is good.
    pub fn invited(&self, secret: &str) -> Result<Option<Account>, DeskError> {
        let found = self.store.invitation(&digest_hex(secret.as_bytes()), self.now())?;
        Ok(found.filter(|account| account.erased.is_none()))
    }

    /// Takes an invitation: name and password are chosen, a second factor of
    /// before is gone, and a session begins.
    pub fn accept_invitation(
        &self,
        secret: &str,
        name: &str,
        password: &str,
        from: &str,
    ) -> Result<Entered, DeskError> {
        let account = self.invited(secret)?.ok_or(SignInRefusal::NoInvitation)?;
        let name = folded(name);
        if !(3..=100).contains(&name.chars().count()) {
            return Err(SignInRefusal::BadName.into());
        }
        let long_enough = (SHORTEST_PASSWORD..=200).contains(&password.chars().count());
        let hashed = hash_password(password, &self.entropy.bytes())
            .filter(|_| long_enough && folded(password) != name)
            .ok_or(SignInRefusal::BadPassword)?;
        let credential =
            Credential { account: account.id, name, password: hashed, factor: None, recovery: Vec::new() };
        self.store.save_credential(&credential).map_err(|error| match error {
            StoreError::Conflict => DeskError::SignIn(SignInRefusal::NameTaken),
            other => other.into(),
        })?;
        self.store.end_invitations(account.id)?;
        self.log(Some(account.id), AccessKind::Accepted, Some(from))?;
        self.begin_session(&credential)
    }

    /// A name and a password: a session begins, and says what it waits for.
    pub fn enter(&self, name: &str, password: &str, from: &str) -> Result<Entered, DeskError> {
        let name = folded(name);
        let key = (name.clone(), from.to_owned());
        self.check_pace(&key)?;
        let credential = self.store.credential_named(&name)?;
        // As long for a name that nobody has: an answer does not tell which it was.
        let kept = credential.as_ref().map_or(NOBODY, |credential| &credential.password);
        let right = {
            let _one_at_a_time = self.verifying.lock().unwrap_or_else(PoisonError::into_inner);
            is_password(password, kept)
        };
        let Some(credential) = credential.filter(|_| right) else {
            self.slow_down(key);
            self.log(None, AccessKind::Refused, Some(from))?;
            return Err(SignInRefusal::Wrong.into());
        };
        self.forgive(&key);
        self.log(Some(credential.account), AccessKind::Password, Some(from))?;
        self.begin_session(&credential)
    }

    /// A code of the authenticator, or a recovery code, which is good once.
    pub fn give_code(&self, secret: &str, code: &str, from: &str) -> Result<(), DeskError> {
        let (hash, session) = self.unfinished(secret)?;
        let key = (session.account.to_string(), from.to_owned());
        self.check_pace(&key)?;
        let credential = self.store.credential(session.account)?.ok_or(SignInRefusal::NoSession)?;
        let Some((credential, kind)) = self.with_code(credential, code) else {
            self.slow_down(key);
            self.log(Some(session.account), AccessKind::Refused, Some(from))?;
            return Err(SignInRefusal::WrongCode.into());
        };
        self.forgive(&key);
        self.store.save_credential(&credential)?;
        self.log(Some(session.account), kind, Some(from))?;
        Ok(self.store.save_session(&hash, &Session { complete: true, ..session })?)
    }

    /// The secret for an authenticator, in Base32: a new one until a code has
    /// shown that it was taken over.
    pub fn set_up_factor(&self, secret: &str) -> Result<String, DeskError> {
        let (_, session) = self.unfinished(secret)?;
        let mut credential = self.store.credential(session.account)?.ok_or(SignInRefusal::NoSession)?;
        if credential.factor().is_some() {
            return Err(SignInRefusal::NoSession.into());
        }
        if let Some(begun) = &credential.factor {
            return Ok(in_base32(&begun.secret));
        }
        let mut random = [0; 20];
        random.copy_from_slice(&self.entropy.bytes()[..20]);
        credential.factor = Some(Factor { secret: random, confirmed: false, newest: 0 });
        self.store.save_credential(&credential)?;
        Ok(in_base32(&random))
    }

    /// A first code: the second factor is in force. Gives the recovery codes,
    /// this once.
    pub fn confirm_factor(&self, secret: &str, code: &str, from: &str) -> Result<Vec<String>, DeskError> {
        let (hash, session) = self.unfinished(secret)?;
        let mut credential = self.store.credential(session.account)?.ok_or(SignInRefusal::NoSession)?;
        let Some(factor) = credential.factor.as_mut().filter(|factor| !factor.confirmed) else {
            return Err(SignInRefusal::NoSession.into());
        };
        let step = step_of_code(&factor.secret, code, self.seconds()).ok_or(SignInRefusal::WrongCode)?;
        (factor.confirmed, factor.newest) = (true, step);
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| self.recovery_code()).collect();
        credential.recovery = codes.iter().map(|code| digest_hex(plain(code).as_bytes())).collect();
        self.store.save_credential(&credential)?;
        self.log(Some(session.account), AccessKind::FactorSet, Some(from))?;
        self.store.save_session(&hash, &Session { complete: true, ..session })?;
        Ok(codes)
    }

    /// Whose session this is, if it is good; whether it is open.
    pub fn session(&self, secret: &str) -> Result<Option<(Account, NextFactor)>, DeskError> {
        let hash = digest_hex(secret.as_bytes());
        let now = self.now();
        let Some((session, account)) = self.store.session(&hash)? else { return Ok(None) };
        if !session.is_good(now) || account.erased.is_some() {
            self.store.end_session(&hash)?;
            return Ok(None);
        }
        if now.duration_since(session.seen) >= SEEN_EVERY {
            self.store.save_session(&hash, &Session { seen: now, ..session.clone() })?;
        }
        let next = if session.complete { NextFactor::None } else { self.next_factor(session.account)? };
        Ok(Some((account, next)))
    }

    /// Ends a session.
    pub fn leave(&self, secret: &str, from: &str) -> Result<(), DeskError> {
        let hash = digest_hex(secret.as_bytes());
        if let Some((session, _)) = self.store.session(&hash)? {
            self.log(Some(session.account), AccessKind::SignedOut, Some(from))?;
        }
        Ok(self.store.end_session(&hash)?)
    }

    fn next_factor(&self, account: AccountId) -> Result<NextFactor, DeskError> {
        let credential = self.store.credential(account)?;
        let has_factor = credential.is_some_and(|credential| credential.factor().is_some());
        Ok(if has_factor { NextFactor::Code } else { NextFactor::SetUp })
    }

    fn begin_session(&self, credential: &Credential) -> Result<Entered, DeskError> {
        let (secret, now) = (self.new_secret(), self.now());
        let session = Session { account: credential.account, began: now, seen: now, complete: false };
        self.store.save_session(&digest_hex(secret.as_bytes()), &session)?;
        let next = if credential.factor().is_some() { NextFactor::Code } else { NextFactor::SetUp };
        Ok(Entered { secret, next })
    }

    /// A session that waits for a second factor.
    fn unfinished(&self, secret: &str) -> Result<(String, Session), DeskError> {
        let hash = digest_hex(secret.as_bytes());
        let found = self.store.session(&hash)?;
        let good = found.filter(|(session, _)| session.is_good(self.now()) && !session.complete);
        good.map(|(session, _)| (hash, session)).ok_or(DeskError::SignIn(SignInRefusal::NoSession))
    }

    /// The credential after a code was taken, and what it was.
    fn with_code(&self, mut credential: Credential, code: &str) -> Option<(Credential, AccessKind)> {
        let factor = credential.factor.as_mut().filter(|factor| factor.confirmed)?;
        let step = step_of_code(&factor.secret, code, self.seconds());
        if let Some(step) = step.filter(|step| *step > factor.newest) {
            factor.newest = step;
            return Some((credential, AccessKind::SignedIn));
        }
        let given = digest_hex(plain(code).as_bytes());
        let left = credential.recovery.len();
        credential.recovery.retain(|kept| *kept != given);
        (credential.recovery.len() < left).then_some((credential, AccessKind::Recovered))
    }

    fn seconds(&self) -> u64 {
        u64::try_from(self.now().as_second()).unwrap_or(0)
    }

    fn new_secret(&self) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.entropy.bytes())
    }

    /// Letters and digits that are not taken for one another.
    fn recovery_code(&self) -> String {
        const SIGNS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz2";
        let sign = |byte: &u8| char::from(SIGNS[usize::from(byte % 31)]);
        let signs: String = self.entropy.bytes()[..12].iter().map(sign).collect();
        format!("{}-{}-{}", &signs[..4], &signs[4..8], &signs[8..])
    }

    fn check_pace(&self, key: &(String, String)) -> Result<(), DeskError> {
        let attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((failures, last)) = attempts.get(key) else { return Ok(()) };
        let left = wait_after(*failures) - self.now().duration_since(*last);
        if left.is_positive() { Err(SignInRefusal::Wait(left.as_secs().max(1)).into()) } else { Ok(()) }
    }

    fn slow_down(&self, key: (String, String)) {
        let now = self.now();
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() >= REMEMBERED {
            attempts.retain(|_, (_, last)| now.duration_since(*last) < SignedDuration::from_mins(2));
        }
        let entry = attempts.entry(key).or_insert((0, now));
        *entry = (entry.0.saturating_add(1), now);
    }

    fn forgive(&self, key: &(String, String)) {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    fn log(&self, account: Option<AccountId>, kind: AccessKind, from: Option<&str>) -> Result<(), DeskError> {
        let from = from.map(str::to_owned);
        Ok(self.store.log_access(&Access { at: self.now(), account, kind, from, what: None })?)
    }

    /// Writes down that an account takes `what` out, as a file. Nothing goes
    /// out that this could not be said of.
    pub fn note_export(&self, viewer: &Viewer, what: &str, from: &str) -> Result<(), DeskError> {
        let (from, what) = (Some(from.to_owned()), Some(what.to_owned()));
        let (at, account) = (self.now(), viewer.account());
        Ok(self.store.log_access(&Access { at, account, kind: AccessKind::Exported, from, what })?)
    }
}

/// A password nobody has, to be checked for names nobody has.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A recovery code without what people put between the signs.
fn plain(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}
