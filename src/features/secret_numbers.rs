//! Numbers that say what they are: by check digits, lengths and the beginnings that their issuers give them.

/// Whether `digits` are the number of a card: the check digit of ISO/IEC 7812-1 (Luhn), and a beginning and a length
/// that one of the large issuers gives.
pub fn is_card(digits: &str) -> bool {
    let issued = |from: u32, to: u32, places: usize, lengths: &[usize]| {
        let start = digits.get(..places).and_then(|start| start.parse::<u32>().ok());
        start.is_some_and(|start| (from..=to).contains(&start)) && lengths.contains(&digits.len())
    };
    let issuer = issued(4, 4, 1, &[13, 16, 19])
        || issued(51, 55, 2, &[16])
        || issued(2221, 2720, 4, &[16])
        || issued(34, 34, 2, &[15])
        || issued(37, 37, 2, &[15])
        || issued(6011, 6011, 4, &[16])
        || issued(644, 659, 3, &[16])
        || issued(300, 305, 3, &[14])
        || issued(36, 36, 2, &[14])
        || issued(38, 39, 2, &[14])
        || issued(3528, 3589, 4, &[16])
        || issued(62, 62, 2, &[16, 17, 18, 19]);
    issuer && luhn(digits)
}

fn luhn(digits: &str) -> bool {
    let values = digits.chars().rev().map_while(|digit| digit.to_digit(10));
    let sum = values.enumerate().map(|(at, digit)| match at % 2 {
        0 => digit,
        _ if digit > 4 => digit * 2 - 9,
        _ => digit * 2,
    });
    sum.sum::<u32>() % 10 == 0
}

/// The length that an IBAN of each country has (ISO 13616).
const IBAN_LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VG", 24),
    ("XK", 20),
];

/// How long an IBAN is that begins with these two letters, in capitals or not; `None` where no country does.
pub fn iban_length(country: &str) -> Option<usize> {
    IBAN_LENGTHS
        .iter()
        .find(|(code, _)| code.eq_ignore_ascii_case(country))
        .map(|(_, length)| *length)
}

/// Whether `compact`, without spaces and in capitals, is an IBAN: its check digits by ISO 7064, MOD 97-10.
pub fn is_iban(compact: &str) -> bool {
    let length = compact.get(..2).and_then(iban_length);
    let Some((head, rest)) = compact.split_at_checked(4).filter(|_| length == Some(compact.len()))
    else {
        return false;
    };
    let mut remainder = 0u32;
    for sign in rest.chars().chain(head.chars()) {
        let Some(value) = sign.to_digit(36) else { return false };
        let places = if value < 10 { 10 } else { 100 };
        remainder = (remainder * places + value) % 97;
    }
    remainder == 1
}

/// Whether this is a Social Security number of the United States, written `123-45-6789`.
pub fn is_ssn(text: &str) -> bool {
    let parts = text.split('-').collect::<Vec<_>>();
    let [area, group, serial] = parts.as_slice() else { return false };
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let given = !matches!(*area, "000" | "666")
        && !area.starts_with('9')
        && *group != "00"
        && *serial != "0000";
    digits(area, 3) && digits(group, 2) && digits(serial, 4) && given
}

/// Whether `digits` have the check digits of one of the registers that `features::secret_words` names as checked.
pub fn has_register_check(digits: &str) -> bool {
    let values = digits.chars().map_while(|digit| digit.to_digit(10)).collect::<Vec<_>>();
    if values.len() != digits.len() {
        return false;
    }
    match values.as_slice() {
        // NIF (Portugal), then BSN (Netherlands).
        nine @ [.., last] if nine.len() == 9 => {
            let sum = weighted(nine.get(..8).unwrap_or(&[]), (2..=9).rev());
            let check = match sum % 11 {
                0 | 1 => 0,
                rest => 11 - rest,
            };
            check == *last || (sum % 11 == *last && sum > 0)
        }
        // CPF (Brazil), then PESEL (Poland).
        eleven @ [first, .., last] if eleven.len() == 11 => {
            let start = |length| eleven.get(..length).unwrap_or(&[]);
            let digit = |length: usize, top: u32| match weighted(start(length), (2..=top).rev())
                * 10
                % 11
            {
                10 => 0,
                rest => rest,
            };
            let cpf = eleven.iter().any(|other| other != first)
                && Some(&digit(9, 10)) == eleven.get(9)
                && digit(10, 11) == *last;
            let pesel = weighted(start(10), [1, 3, 7, 9, 1, 3, 7, 9, 1, 3].into_iter());
            cpf || (10 - pesel % 10) % 10 == *last
        }
        _ => false,
    }
}

fn weighted(values: &[u32], weights: impl Iterator<Item = u32>) -> u32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

#[cfg(test)]
mod tests {
    use crate::features::secret_numbers::{has_register_check, is_card, is_iban, is_ssn};

    #[test]
    fn numbers_are_known_by_their_check_digits() {
        for card in [
            "4111111111111111",
            "5555555555554444",
            "378282246310005",
            "6011111111111117",
            "30569309025904",
            "3530111333300000",
        ] {
            assert!(is_card(card), "{card}");
        }
        for none in [
            "4111111111111112",
            "0000000000000000",
            "351910000000",
            "1234567890123456",
            "411111111111111",
        ] {
            assert!(!is_card(none), "{none}");
        }
        assert!(
            is_iban("DE89370400440532013000")
                && is_iban("PT50000201231234567890154")
                && is_iban("GB82WEST12345698765432")
        );
        assert!(
            !is_iban("DE89370400440532013001")
                && !is_iban("DE8937040044053201300")
                && !is_iban("XX89370400440532013000")
                && !is_iban("")
        );
        assert!(
            is_ssn("123-45-6789")
                && !is_ssn("000-45-6789")
                && !is_ssn("666-45-6789")
                && !is_ssn("923-45-6789")
                && !is_ssn("123-456-789")
        );
        assert!(
            has_register_check("123456789")
                && has_register_check("52998224725")
                && has_register_check("44051401359")
                && has_register_check("111222333")
        );
        assert!(
            !has_register_check("123456780")
                && !has_register_check("52998224724")
                && !has_register_check("12")
                && !has_register_check("é")
        );
    }
}
