//! Other people's formats, both ways, as pure text: bytes in, values of the
//! house out, or the reason why not.

pub mod bch;
pub mod cacao;
pub mod contacts_csv;

/// Why a file cannot be read at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// The bytes as UTF-8, without a byte-order mark.
fn without_mark(bytes: &[u8]) -> Result<&[u8], Unreadable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Unreadable("the file is in UTF-16; save it as UTF-8".to_owned()));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Unreadable("the file is a zip or a workbook; save the sheet as CSV in UTF-8".to_owned()));
    }
    Ok(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
}
