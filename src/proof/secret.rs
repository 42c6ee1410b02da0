//! What people prove that they are who they say with: passwords (Argon2id, RFC
//! 9106, with the parameters OWASP recommends) and codes that change every half
//! minute (TOTP, RFC 6238).

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use totp_rs::{Builder, Secret, Totp};

/// A password as it is kept; absent when it is longer than may be.
pub fn hash_password(password: &str, salt: &[u8; 32]) -> Option<String> {
    let hashed: PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt[..16]).ok()?;
    Some(hashed.to_string())
}

/// Whether this is the password that is kept so. Takes some twenty
/// milliseconds, whatever comes of it.
pub fn is_password(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Which half minute the code is good for, of those around `seconds` (since
/// 1970); absent when it is not good. A code is to be taken once: the caller
/// remembers the newest.
pub fn step_of_code(secret: &[u8; 20], code: &str, seconds: u64) -> Option<u64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    totp(secret)?.check(&digits, seconds)
}

/// The code of this moment.
pub fn code_at(secret: &[u8; 20], seconds: u64) -> Option<String> {
    Some(totp(secret)?.generate(seconds).to_string())
}

fn totp(secret: &[u8; 20]) -> Option<Totp> {
    Builder::new().with_secret(Secret::new_stack(*secret)).build().ok()
}

/// A secret as it is typed into an authenticator.
pub fn in_base32(secret: &[u8; 20]) -> String {
    Secret::new_stack(*secret).to_base32()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let kept = hash_password("correct horse battery", &[7; 32]).expect("kept");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(is_password("correct horse battery", &kept));
        assert!(!is_password("correct horse batterz", &kept));
        assert!(!is_password("", "not a hash"));
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, the last six digits.
        let secret = b"12345678901234567890";
        assert_eq!(code_at(secret, 59).as_deref(), Some("287082"));
        assert_eq!(code_at(secret, 1_111_111_109).as_deref(), Some("081804"));
        assert_eq!(step_of_code(secret, "287 082", 59), Some(1));
        assert_eq!(step_of_code(secret, "287082", 89), Some(1), "half a minute late");
        assert_eq!(step_of_code(secret, "287082", 200), None);
        assert_eq!(step_of_code(secret, "word", 59), None);
        assert_eq!(in_base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
