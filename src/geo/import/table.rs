//! The table beside a shapefile (`.dbf`, dBase III): texts and numbers as they
//! stand. Rows marked as deleted keep their place, so that names stay with
//! their shapes; a damaged number loses itself, not the layer.

use super::{ImportError, feature::Properties};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Bytes before the fields.
const HEAD: usize = 32;

/// A table ready to be read row by row.
pub(super) struct Table<'a> {
    rows: &'a [u8],
    row: usize,
    count: usize,
    fields: Vec<Field>,
    encoding: &'static Encoding,
}

struct Field {
    name: String,
    from: usize,
    to: usize,
}

impl<'a> Table<'a> {
    /// Reads the head of a table; `cpg` is the content of a `.cpg` beside it.
    pub fn read(bytes: &'a [u8], cpg: Option<&str>) -> Result<Self, ImportError> {
        let cut = || ImportError::Truncated { within: "the .dbf".to_owned() };
        let number = |at: usize, size: usize| -> Option<usize> {
            Some(bytes.get(at..at + size)?.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
        };
        let (count, start, row) = (
            number(4, 4).ok_or_else(cut)?,
            number(8, 2).ok_or_else(cut)?,
            number(10, 2).filter(|row| *row > 0).ok_or_else(cut)?,
        );
        let rows = bytes.get(start..).ok_or_else(cut)?;
        if rows.len() / row < count {
            let within = format!("the .dbf, at row {} of {count}", rows.len() / row + 1);
            return Err(ImportError::Truncated { within });
        }
        let mut fields = Vec::new();
        let mut from = 1;
        for field in bytes[HEAD.min(start)..start].chunks_exact(HEAD) {
            if field[0] == b'\r' {
                break;
            }
            let name = field[..11].split(|byte| *byte == 0).next().unwrap_or_default();
            let to = from + usize::from(field[16]);
            if to > row {
                let problem = "the .dbf has fields longer than its rows".to_owned();
                return Err(ImportError::Shapefile { problem });
            }
            if matches!(field[11], b'C' | b'N' | b'F' | b'L' | b'D') {
                fields.push(Field { name: String::from_utf8_lossy(name).trim().to_owned(), from, to });
            }
            from = to;
        }
        let encoding = cpg.and_then(by_label).unwrap_or_else(|| by_mark(bytes[29]));
        Ok(Self { rows, row, count, fields, encoding })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// A row by its number from 0, and the encoding if a text does not fit it.
    pub fn row(&self, number: usize) -> (Properties, Option<String>) {
        let mut properties = Properties::default();
        let mut misread = None;
        let start = number * self.row;
        let Some(row) = self.rows.get(start..start + self.row).filter(|_| number < self.count) else {
            return (properties, misread);
        };
        for field in &self.fields {
            let bytes = &row[field.from..field.to];
            let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default().trim_ascii();
            if bytes.is_empty() {
                continue;
            }
            let (text, wrong) = self.text(bytes);
            if wrong {
                misread = Some(self.encoding.name().to_owned());
            }
            properties.0.push((field.name.clone(), text.trim().to_owned()));
        }
        (properties, misread)
    }

    /// UTF-8 where it is that, for many tables are and do not say so.
    fn text<'t>(&self, bytes: &'t [u8]) -> (Cow<'t, str>, bool) {
        match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => self.encoding.decode_without_bom_handling(bytes),
        }
    }
}

/// The encoding a `.cpg` names: `UTF-8`, `1252`, `ISO-8859-1`, `ANSI 1251`.
fn by_label(cpg: &str) -> Option<&'static Encoding> {
    let label = cpg.trim().trim_start_matches('\u{feff}');
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    Encoding::for_label(label.as_bytes()).or_else(|| match &*digits {
        "65001" => Some(encoding_rs::UTF_8),
        "88591" => Some(encoding_rs::WINDOWS_1252),
        digits => Encoding::for_label(format!("windows-{digits}").as_bytes()),
    })
}

/// The encoding a table's mark means (its 30th byte).
fn by_mark(mark: u8) -> &'static Encoding {
    match mark {
        0x13 => encoding_rs::SHIFT_JIS,
        0x4d | 0x7a => encoding_rs::GBK,
        0x4e | 0x79 => encoding_rs::EUC_KR,
        0x4f | 0x78 => encoding_rs::BIG5,
        0x65 => encoding_rs::IBM866,
        0x7c => encoding_rs::WINDOWS_874,
        0x7d => encoding_rs::WINDOWS_1255,
        0x7e => encoding_rs::WINDOWS_1256,
        0xc8 => encoding_rs::WINDOWS_1250,
        0xc9 => encoding_rs::WINDOWS_1251,
        0xca => encoding_rs::WINDOWS_1254,
        0xcb => encoding_rs::WINDOWS_1253,
        0xcc => encoding_rs::WINDOWS_1257,
        _ => encoding_rs::WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of one text field of eight bytes.
    fn table(rows: &[&[u8]], mark: u8) -> Vec<u8> {
        let mut bytes = vec![3, 126, 1, 1];
        bytes.extend(u32::try_from(rows.len()).expect("few").to_le_bytes());
        bytes.extend([65, 0, 9, 0]);
        bytes.resize(HEAD, 0);
        bytes[29] = mark;
        bytes.extend(b"NAME\0\0\0\0\0\0\0C\0\0\0\0\x08");
        bytes.resize(2 * HEAD, 0);
        bytes.push(b'\r');
        for row in rows {
            bytes.push(b' ');
            bytes.extend(*row);
            bytes.resize(bytes.len() + 8 - row.len(), b' ');
        }
        bytes
    }

    #[test]
    fn names_are_read_in_the_encoding_they_are_in() {
        let (latin, cyrillic, utf8) =
            (b"Choc\xf3".to_vec(), b"\xca\xe0\xe2\xea\xe0\xe7".to_vec(), "Chocó".as_bytes());
        for (bytes, mark, cpg, wanted) in [
            (&latin[..], 0x57, None, "Chocó"),
            (&latin, 0, Some("ISO-8859-1"), "Chocó"),
            (&latin, 0, Some("1252"), "Chocó"),
            (&cyrillic, 0xc9, None, "Кавказ"),
            (&cyrillic, 0, Some("ANSI 1251"), "Кавказ"),
            (utf8, 0x57, None, "Chocó"),
            (utf8, 0, Some("UTF-8\r\n"), "Chocó"),
        ] {
            let bytes = table(&[bytes], mark);
            let table = Table::read(&bytes, cpg).expect("a table");
            assert_eq!(table.row(0), (Properties(vec![("NAME".to_owned(), wanted.to_owned())]), None));
        }
        let bytes = table(&[&latin], 0);
        let table = Table::read(&bytes, Some("UTF-8")).expect("a table");
        assert_eq!(table.row(0).1.as_deref(), Some("UTF-8"));
    }

    #[test]
    fn a_table_cut_short_is_called_so() {
        let bytes = table(&[b"one", b"two"], 0);
        let cut = Table::read(&bytes[..bytes.len() - 3], None).err().expect("cut");
        assert!(cut.to_string().contains("the .dbf, at row 2 of 2"), "{cut}");
        assert!(Table::read(&bytes[..20], None).is_err() && Table::read(&[], None).is_err());
    }
}
