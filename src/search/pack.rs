//! Numbers and sorted words as short texts, for files that a browser loads. `search.js` unpacks them.

/// Characters that JSON writes as they are and that no script can end by.
const DIGITS: &[u8; 90] = b" !#$%'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// Numbers below this take one character.
const SHORT: u64 = 60;

/// What the characters above those hold.
const MORE: u64 = 30;

/// Add a number.
fn number(mut number: u64, out: &mut String) {
    while number >= SHORT {
        number -= SHORT;
        out.push(digit(SHORT + number % MORE));
        number /= MORE;
    }
    out.push(digit(number));
}

/// Numbers, one after the other.
pub fn numbers(all: impl IntoIterator<Item = u64>) -> String {
    let mut out = String::new();
    all.into_iter().for_each(|own| number(own, &mut out));
    out
}

fn digit(value: u64) -> char {
    DIGITS.get(value as usize).map_or(' ', |byte| char::from(*byte))
}

/// Words in order, each by a capital that says how many characters it has in common with the one before, and the rest.
/// Folded words hold no capitals.
pub fn front_coded<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut out = String::new();
    let mut before = "";
    for word in words {
        let same = word.chars().zip(before.chars()).take_while(|(one, other)| one == other);
        let (mut units, mut bytes) = (0, 0);
        for (c, _) in same {
            if units + c.len_utf16() > 25 {
                break;
            }
            units += c.len_utf16();
            bytes += c.len_utf8();
        }
        out.push(char::from(b'A' + u8::try_from(units).unwrap_or(0)));
        out.push_str(word.get(bytes..).unwrap_or(""));
        before = word;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<u64> {
        let value = |byte: u8| DIGITS.iter().position(|digit| *digit == byte).unwrap() as u64;
        let mut bytes = text.bytes();
        let mut out = Vec::new();
        while let Some(byte) = bytes.next() {
            let (mut own, mut base, mut digit) = (0, 1, value(byte));
            while digit >= SHORT {
                own += base * digit;
                base *= MORE;
                digit = value(bytes.next().unwrap());
            }
            out.push(own + base * digit);
        }
        out
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let all = [0, 1, 59, 60, 61, 89, 90, 1859, 1860, 1861, 123_456_789, u64::from(u32::MAX)];
        assert_eq!(read(&numbers(all)), all);
        assert_eq!(numbers([59]).len(), 1);
        assert_eq!(numbers([60]).len(), 2);
    }

    #[test]
    fn words_share_their_beginnings() {
        assert_eq!(front_coded(["blame", "blamed", "blunt", "öl"]), "AblameFdCuntAöl");
        let long = "a".repeat(40);
        assert_eq!(front_coded([&*long, &*long]), format!("A{long}Z{}", "a".repeat(15)));
    }
}
