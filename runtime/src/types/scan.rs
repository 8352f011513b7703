//! Reading digits and signs off the front of a text.

/// The part of a text that has not been read yet.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'t>(&'t [u8]);

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text.as_bytes())
    }

    /// Whether all has been read.
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Reads this character, if it is the next, in either case.
    pub(super) fn eat(&mut self, character: u8) -> bool {
        let found = self.0.first().is_some_and(|next| next.eq_ignore_ascii_case(&character));
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    /// Reads this character, which has to be the next.
    pub(super) fn expect(&mut self, character: u8) -> Option<()> {
        self.eat(character).then_some(())
    }

    /// Reads a letter, as upper case.
    pub(super) fn letter(&mut self) -> Option<u8> {
        let (&letter, rest) = self.0.split_first()?;
        self.0 = rest;
        letter.is_ascii_alphabetic().then(|| letter.to_ascii_uppercase())
    }

    /// Reads exactly `count` digits.
    pub(super) fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0u32, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
            number.checked_mul(10)?.checked_add(digit)
        })
    }

    /// Reads exactly two digits that are at most `max`.
    pub(super) fn two(&mut self, max: u8) -> Option<u8> {
        let number = self.digits(2)?;
        u8::try_from(number).ok().filter(|number| *number <= max)
    }

    /// Reads digits, at least one.
    pub(super) fn number(&mut self) -> Option<u64> {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// Reads the digits of a fraction, at least one, as billionths. What is smaller is passed over.
    pub(super) fn billionths(&mut self) -> Option<u32> {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        let padded = digits.iter().map(|digit| u32::from(digit - b'0')).chain(std::iter::repeat(0));
        (length > 0).then(|| padded.take(9).fold(0, |number, digit| number * 10 + digit))
    }
}
