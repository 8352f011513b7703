//! A diff as one page of HTML, which needs nothing else: no server, no network, and no script for
//! what it says. The script adds search and filters.
//!
//! What pages of the docs say is escaped; and were it not, a policy in the head of the page lets
//! nothing run or load but the script and the style that stand beside this file.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use super::compared::{Compared, Place};
use super::group::{Group, Heading, LEVELS, counted, group};
use super::phrase::{Piece, phrase, shown};
use super::row::{Word, difference, words};
use super::text::{crate_needs, ignored};
use crate::diagnostic::render::clean;
use crate::diff::{Change, Diff, Rule};
use crate::span::floor_boundary;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The hashes by which the policy knows the two. A test says what they have to be.
pub(super) const STYLE_HASH: &str = "Y24uxcaLw3v1XlVcVm13FTQjgoGerpxxpk17at5sMC0=";
pub(super) const SCRIPT_HASH: &str = "Sd3yN0NbN0CxcbR8jtf24OQFFX4AzUm16/Xi8BLwR5g=";

/// How much of a row is shown in front of what differs, and in all.
const BEFORE: usize = 300;
const ROW: usize = 1_500;

/// The diff as a page of HTML.
pub fn to_html(diff: &Diff, compared: &Compared<'_>) -> String {
    let mut page = Page { out: String::new() };
    page.head(diff, compared);
    page.filter(diff);
    page.out.push_str("<main id=\"changes\">\n");
    if diff.changes.is_empty() {
        page.out.push_str("<p>No change of the API.</p>\n");
    }
    for (number, group) in group(diff).iter().enumerate() {
        page.group(number, group, compared);
    }
    page.rules(diff);
    let _ = write!(page.out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    page.out
}

struct Page {
    out: String,
}

impl Page {
    fn head(&mut self, diff: &Diff, compared: &Compared<'_>) {
        let [base, head] =
            [compared.base.name, compared.head.name].map(|name| escape(&shown(name)).into_owned());
        let _ = write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
             base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>Changes of the API from {base} to {head}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#changes\">Skip to the changes</a>\n<header>\n\
             <h1>Changes of the API</h1>\n\
             <p>From <code>{base}</code> to <code>{head}</code>; {}.</p>\n",
            crate_needs(diff.bump())
        );
        if !diff.changes.is_empty() {
            self.summary(diff);
        }
        if let Some(ignored) = ignored(diff) {
            let _ = writeln!(self.out, "<p>{ignored}.</p>");
        }
        self.out.push_str("</header>\n");
    }

    fn summary(&mut self, diff: &Diff) {
        self.out.push_str(
            "<table class=\"summary\">\n<caption>How many changes there are</caption>\n<thead><tr>\
             <th scope=\"col\">Level</th><th scope=\"col\">Changes</th>\
             <th scope=\"col\">Break callers (wire)</th><th scope=\"col\">Break Rust code</th>\
             </tr></thead>\n<tbody>\n",
        );
        for level in LEVELS {
            let count = diff.count(level);
            if count == 0 {
                continue;
            }
            let changes = || diff.changes.iter().filter(|change| change.level == level);
            let wire = changes().filter(|change| change.breaks_wire).count();
            let rust = changes().filter(|change| change.breaks_rust()).count();
            let _ = writeln!(
                self.out,
                "<tr><th scope=\"row\" class=\"{level}\"><span class=\"level\">{level}</span></th>\
                 <td>{count}</td><td>{wire}</td><td>{rust}</td></tr>"
            );
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    /// The controls, which the script brings to light.
    fn filter(&mut self, diff: &Diff) {
        self.out.push_str(
            "<form id=\"filter\" role=\"search\" hidden>\n\
             <p><label class=\"label\" for=\"search\">Search (press /)</label>\
             <input type=\"search\" id=\"search\" autocomplete=\"off\" spellcheck=\"false\"></p>\n\
             <fieldset><legend>Level</legend>\n",
        );
        for level in LEVELS {
            let count = diff.count(level);
            if count > 0 {
                self.option("level", level.as_str(), &counted(level, count));
            }
        }
        self.out.push_str("</fieldset>\n<fieldset><legend>Verdict</legend>\n");
        for (value, label) in
            [("wire", "breaks wire"), ("rust", "breaks Rust"), ("nothing", "breaks nothing")]
        {
            self.option("verdict", value, label);
        }
        self.out.push_str(
            "</fieldset>\n<p><output id=\"count\" for=\"search\"></output></p>\n\
             <p><button type=\"reset\">Show all</button></p>\n</form>\n",
        );
    }

    fn option(&mut self, name: &str, value: &str, label: &str) {
        let _ = writeln!(
            self.out,
            "<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\" checked> {label}</label>"
        );
    }

    fn group(&mut self, number: usize, group: &Group<'_>, compared: &Compared<'_>) {
        let Heading { kind, name, id, version } = group.heading();
        let _ = write!(
            self.out,
            "<section class=\"group\" aria-labelledby=\"group-{number}\">\n\
             <h2 id=\"group-{number}\">{kind} <code>{}</code>",
            escape(&name)
        );
        for more in [id, version].into_iter().flatten() {
            let _ =
                write!(self.out, " <span class=\"faint\"><code>{}</code></span>", escape(&more));
        }
        self.out.push_str("</h2>\n");
        for change in &group.changes {
            self.change(change, compared);
        }
        self.out.push_str("</section>\n");
    }

    fn change(&mut self, change: &Change, compared: &Compared<'_>) {
        let level = change.level;
        let (wire, rust) = (change.breaks_wire, change.breaks_rust());
        let verdicts = match (wire, rust) {
            (true, true) => "wire rust",
            (true, false) => "wire",
            (false, true) => "rust",
            (false, false) => "nothing",
        };
        let _ = write!(
            self.out,
            "<article class=\"change {level}\" data-level=\"{level}\" data-verdicts=\"{verdicts}\">\n\
             <h3><span class=\"level\">{level}</span> "
        );
        for piece in phrase(change) {
            match piece {
                Piece::Words(text) => self.out.push_str(&escape(text)),
                Piece::Name(name) => {
                    let _ = write!(self.out, "<code>{}</code>", escape(&name));
                }
            }
        }
        let verdict = |breaks| if breaks { "<strong>breaks</strong>" } else { "fine" };
        let used = match change.used {
            Some(true) => " · <strong>used here</strong>",
            Some(false) => " · not used here",
            None => "",
        };
        let _ = write!(
            self.out,
            "</h3>\n<p class=\"facts\">wire: {} · Rust: {} · bump: {}{used} · \
             <a href=\"#rule-{rule}\">{rule}</a></p>\n",
            verdict(wire),
            verdict(rust),
            change.bump,
            rule = change.rule,
        );
        self.rows(change, compared);
        self.out.push_str("</article>\n");
    }

    /// Both sides beside each other: the rows, or what is known of them.
    fn rows(&mut self, change: &Change, compared: &Compared<'_>) {
        let (base, head) = (compared.base(change), compared.head(change));
        let text = |place: &Option<Place<'_>>| Some(place.as_ref()?.row.as_ref()?.to_string());
        let (old, new) = (text(&base), text(&head));
        let (old_cell, new_cell) = match (&old, &new) {
            (Some(old), Some(new)) => {
                let (left, right) = difference(old, new);
                let (old, new) = (cut(old, &left), cut(new, &right));
                let (left, right) = words(&old, &new);
                (marked(&left, "del"), marked(&right, "ins"))
            }
            (old, new) => {
                let cell = |row: Option<&str>, stated: Option<&str>, place: bool| match row {
                    Some(row) => escape(&cut(row, &(0..0))).into_owned(),
                    None if place => {
                        stated.map(|text| escape(&shown(text)).into_owned()).unwrap_or_default()
                    }
                    None => String::new(),
                };
                (
                    cell(old.as_deref(), change.from.as_deref(), base.is_some()),
                    cell(new.as_deref(), change.to.as_deref(), head.is_some()),
                )
            }
        };
        let near = compared.near(change);
        let (base, head) =
            (title("Base", base.as_ref(), None), title("Head", head.as_ref(), near.as_ref()));
        let _ = write!(
            self.out,
            "<table class=\"rows\">\n<thead><tr><th scope=\"col\">{base}</th><th scope=\"col\">{head}</th></tr></thead>\n\
             <tbody><tr><td>{}</td><td>{}</td></tr></tbody>\n</table>\n",
            in_code(&old_cell),
            in_code(&new_cell),
        );
    }

    /// What the rules mean that found something.
    fn rules(&mut self, diff: &Diff) {
        let rules: BTreeSet<Rule> = diff.changes.iter().map(|change| change.rule).collect();
        if rules.is_empty() {
            return;
        }
        self.out.push_str(
            "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">What the rules mean</h2>\n<dl>\n",
        );
        for rule in rules {
            let lines = rule.explanation().lines();
            let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
            let _ = writeln!(
                self.out,
                "<dt id=\"rule-{rule}\"><code>{rule}</code></dt>\n<dd>{}</dd>",
                escape(lines.join("\n").trim())
            );
        }
        self.out.push_str("</dl>\n</section>\n");
    }
}

fn title(side: &str, place: Option<&Place<'_>>, near: Option<&Place<'_>>) -> String {
    let code = |place: &Place<'_>| format!("<code>{}</code>", escape(&place.text()));
    match (place, near) {
        (Some(place), _) => format!("{side} {}", code(place)),
        (None, Some(near)) => {
            format!("{side} <span class=\"faint\">(not there, near {})</span>", code(near))
        }
        (None, None) => format!("{side} <span class=\"faint\">(not there)</span>"),
    }
}

fn in_code(cell: &str) -> Cow<'_, str> {
    if cell.is_empty() { Cow::Borrowed("") } else { Cow::Owned(format!("<code>{cell}</code>")) }
}

/// What is shown of a row.
fn cut(row: &str, mark: &Range<usize>) -> String {
    let start = floor_boundary(row, mark.start.saturating_sub(BEFORE));
    let start = if row.len() <= ROW { 0 } else { start };
    let end = floor_boundary(row, start + ROW);
    let ellipsis = |is_cut| if is_cut { "…" } else { "" };
    format!("{}{}{}", ellipsis(start > 0), &row[start..end], ellipsis(end < row.len()))
}

/// A row with what differs marked.
fn marked(words: &[Word<'_>], tag: &str) -> String {
    let mut out = String::new();
    for part in words.chunk_by(|left, right| left.differs == right.differs) {
        let text: String = part.iter().map(|word| word.text).collect();
        let text = escape(&text);
        if part[0].differs {
            let _ = write!(out, "<{tag}>{text}</{tag}>");
        } else {
            out.push_str(&text);
        }
    }
    out
}

/// A text as it stands in an element or an attribute.
fn escape(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}
