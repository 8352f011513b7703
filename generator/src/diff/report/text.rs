//! A diff for people: by what changed, the worst first, in 80 columns.

use std::fmt::Write;

use annotate_snippets::renderer::{AnsiColor, Style as Colour};

use super::compared::{Compared, Place};
use super::group::{Group, Heading, LEVELS, counted, group};
use super::phrase::{Piece, phrase, shown};
use super::row::{difference, excerpt};
use crate::diagnostic::render::Style;
use crate::diff::{Bump, Change, Diff, Level};

/// How wide the text is, as far as names allow.
const WIDTH: usize = 80;

/// The diff as text, with a line feed at the end. It shows every change that it is given; those who
/// have not asked for the level `docs` take these out before.
pub fn to_text(diff: &Diff, compared: &Compared<'_>, style: Style) -> String {
    let mut report = Text { out: String::new(), style };
    for group in group(diff) {
        report.group(&group, compared);
    }
    report.summary(diff, compared);
    harmless(report.out)
}

struct Text {
    out: String,
    style: Style,
}

const BOLD: Colour = Colour::new().bold();
const DIM: Colour = Colour::new().dimmed();
const REMOVED: Colour = AnsiColor::Red.on_default();
const ADDED: Colour = AnsiColor::Green.on_default();

impl Text {
    fn group(&mut self, group: &Group<'_>, compared: &Compared<'_>) {
        let Heading { kind, name, id, version } = group.heading();
        let title = format!("{kind} {name}");
        let id = id.map(|id| format!(" ({id})")).unwrap_or_default();
        let version = version.map(|version| format!(" [{version}]")).unwrap_or_default();
        let more = format!("{id}{version}");
        self.paint(BOLD, &title);
        if title.chars().count() + more.chars().count() > WIDTH {
            self.out.push_str("\n ");
        }
        self.paint(DIM, &more);
        self.out.push('\n');
        for change in &group.changes {
            self.change(change, compared);
        }
        self.out.push('\n');
    }

    fn change(&mut self, change: &Change, compared: &Compared<'_>) {
        let level = format!("{}[{}]", change.level, change.rule);
        self.out.push_str("  ");
        self.paint(colour(change.level).bold(), &level);
        self.out.push_str(": ");
        let start = 2 + level.len() + 2;
        self.sentence(&phrase(change), start);
        let wire = verdict(change.breaks_wire);
        let rust = verdict(change.breaks_rust());
        let used = match change.used {
            Some(true) => ", used here",
            Some(false) => ", not used here",
            None => "",
        };
        let needs = bump_text(change.bump);
        self.paint(DIM, &format!("    wire: {wire}, rust: {rust}{needs}{used}\n"));
        self.places(change, compared);
    }

    /// A sentence from a column on. No name is broken, so that no line starts with what a page says.
    fn sentence(&mut self, pieces: &[Piece<'_>], start: usize) {
        let mut column = start;
        for word in words(pieces) {
            let length = word.text.chars().count() + usize::from(word.is_spaced);
            let (breaks, spaced) = (column + length > WIDTH, word.is_spaced);
            if spaced && breaks && column > 4 {
                self.out.push_str("\n    ");
                column = 4 + length - 1;
            } else {
                self.out.push_str(if spaced { " " } else { "" });
                column += length;
            }
            let colour = if word.is_name { BOLD } else { Colour::new() };
            self.paint(colour, &word.text);
        }
        self.out.push('\n');
    }

    fn places(&mut self, change: &Change, compared: &Compared<'_>) {
        let (base, head) = (compared.base(change), compared.head(change));
        let row = |place: &Option<Place<'_>>| place.as_ref()?.row.as_deref().map(str::to_owned);
        let (old, new) = (row(&base), row(&head));
        let marks = match (&old, &new) {
            (Some(old), Some(new)) => difference(old, new),
            _ => (0..0, 0..0),
        };
        let is_same = old.is_some() && old == new;
        let (old, new) = if is_same { (None, new) } else { (old, new) };
        let (sign, added) = if is_same { ("  ", DIM) } else { ("+ ", ADDED) };
        let width = WIDTH - 6;
        for (name, place, row, mark, sign, colour) in
            [("base", base, old, marks.0, "- ", REMOVED), ("head", head, new, marks.1, sign, added)]
        {
            if let Some(place) = place {
                self.paint(DIM, &format!("    {name} {}\n", place.text()));
            }
            if let Some(row) = row {
                self.out.push_str("    ");
                self.paint(colour, &format!("{sign}{}", excerpt(&row, &mark, width)));
                self.out.push('\n');
            }
        }
        if let Some(near) = compared.near(change) {
            self.paint(DIM, &format!("    near {}\n", near.text()));
        }
    }

    fn summary(&mut self, diff: &Diff, compared: &Compared<'_>) {
        let (base, head) = (shown(compared.base.name), shown(compared.head.name));
        let _ = writeln!(self.out, "{base} → {head}");
        if diff.changes.is_empty() {
            self.out.push_str("no change of the API\n");
        } else {
            self.counts(diff);
        }
        if let Some(ignored) = ignored(diff) {
            let _ = writeln!(self.out, "{ignored}");
        }
        if !(diff.changes.is_empty() && diff.ignored.is_empty()) {
            let _ = writeln!(self.out, "{}", crate_needs(diff.bump()));
        }
    }

    fn counts(&mut self, diff: &Diff) {
        let mut counts = LEVELS.iter().filter_map(|&level| {
            let count = diff.count(level);
            (count > 0).then(|| (level, counted(level, count)))
        });
        if let Some((level, first)) = counts.next() {
            self.paint(colour(level).bold(), &first);
        }
        for (level, next) in counts {
            self.out.push_str(", ");
            self.paint(colour(level).bold(), &next);
        }
        let wire = diff.changes.iter().filter(|change| change.breaks_wire).count();
        let rust = diff.changes.iter().filter(|change| change.breaks_rust()).count();
        let _ = writeln!(self.out, "; breaking on the wire: {wire}, in Rust: {rust}");
    }

    fn paint(&mut self, colour: Colour, text: &str) {
        if self.style == Style::Plain || colour.is_plain() || text.is_empty() {
            self.out.push_str(text);
            return;
        }
        let (text, end) = text.strip_suffix('\n').map_or((text, ""), |text| (text, "\n"));
        let _ = write!(self.out, "{colour}{text}{colour:#}{end}");
    }
}

/// How many changes a policy left out, as a sentence.
pub(super) fn ignored(diff: &Diff) -> Option<String> {
    match diff.ignored.len() {
        0 => None,
        1 => Some("1 change is ignored; `--format json` has the reason".to_owned()),
        count => Some(format!("{count} changes are ignored; `--format json` has the reasons")),
    }
}

/// What the crate needs, as a sentence.
pub(super) fn crate_needs(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "the generated crate stays as it is",
        Bump::Patch => "the generated crate needs a patch version",
        Bump::Minor => "the generated crate needs a minor version",
        Bump::Major => "the generated crate needs a major version",
    }
}

fn verdict(breaks: bool) -> &'static str {
    if breaks { "breaks" } else { "fine" }
}

fn bump_text(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "",
        Bump::Patch => " (patch)",
        Bump::Minor => " (minor)",
        Bump::Major => " (major)",
    }
}

fn colour(level: Level) -> Colour {
    match level {
        Level::Error => AnsiColor::BrightRed.on_default(),
        Level::Warning => AnsiColor::Yellow.on_default(),
        Level::Info => AnsiColor::BrightBlue.on_default(),
        Level::Docs => DIM,
    }
}

struct Word {
    text: String,
    is_name: bool,
    /// Whether a space stands in front, at which a line may break.
    is_spaced: bool,
}

fn words(pieces: &[Piece<'_>]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut is_spaced = false;
    for piece in pieces {
        match piece {
            Piece::Name(name) => {
                words.push(Word { text: format!("`{name}`"), is_name: true, is_spaced });
                is_spaced = false;
            }
            Piece::Words(text) => {
                is_spaced |= text.starts_with(' ');
                for word in text.split_whitespace() {
                    words.push(Word { text: word.to_owned(), is_name: false, is_spaced });
                    is_spaced = true;
                }
                is_spaced = text.ends_with(' ');
            }
        }
    }
    words
}

/// The log of a workflow obeys a command of the old form wherever it stands in a line.
pub(super) fn harmless(text: String) -> String {
    if text.contains("##[") { text.replace("##[", "# #[") } else { text }
}
