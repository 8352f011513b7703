//! Edits of real pages that change no fact: the diff says nothing.

use docbind::diff::{Change, Level, diff};
use docbind::docs::{Docs, Role};
use docbind::model::Api;

use crate::real;
use crate::shown::facts;

/// What a page becomes.
type Edit = fn(&str) -> String;

#[test]
fn words_alone_are_no_change() {
    let Some(loaded) = real::pages() else { return };
    let edits: [(&str, Edit); 4] = [
        ("words in sentences", reworded),
        ("blanks in tables", padded),
        ("titles of pages about operations", retitled),
        ("the order of sections", moved),
    ];
    for (what, edit) in edits {
        let (edited, head) = interpret(&loaded.docs, edit);
        let changes = diff(&loaded.api, &head).changes;
        let wrong: Vec<Change> = changes.into_iter().filter(|it| it.level > Level::Docs).collect();
        real::say(&format!("{what}: {edited} pages edited, {} changes", wrong.len()));
        assert!(edited > 1_000, "{what}: {edited} pages");
        assert!(wrong.is_empty(), "{what}:\n{}", facts(&wrong));
    }
}

/// How many pages an edit touches, and what they say then.
fn interpret(docs: &Docs, edit: Edit) -> (usize, Api) {
    let mut edited = 0;
    let texts: Vec<_> = docs
        .files
        .iter()
        .map(|file| {
            let is_page = matches!(file.role, Role::Page { .. });
            let text = if is_page { edit(&file.text) } else { file.text.to_string() };
            edited += usize::from(text != *file.text);
            (file.path.to_string(), text)
        })
        .collect();
    let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    (edited, docbind::interpret(&Docs::from_texts(texts)).value)
}

/// The lines of a page, each with whether it is prose: outside of code, comments, tables, headings
/// and front matter.
fn lines(text: &str) -> Vec<(bool, &str)> {
    let (mut is_code, mut is_comment, mut is_front) = (false, false, text.starts_with("---"));
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let start = line.trim_start();
        let is_fence = start.starts_with("```");
        if start.starts_with("<!--") {
            is_comment = true;
        }
        let is_other = start.starts_with(['|', '#', '>', '<', '[', '+', '*', '-']);
        let is_prose = !(is_code || is_comment || is_front || is_fence || is_other);
        found.push((is_prose && !line.contains('|'), line));
        if is_fence {
            is_code = !is_code;
        }
        if line.contains("-->") {
            is_comment = false;
        }
        if is_front && at > 0 && line.trim_end() == "---" {
            is_front = false;
        }
    }
    found
}

fn joined(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Other words of the same meaning.
fn reworded(text: &str) -> String {
    joined(lines(text).into_iter().map(|(is_prose, line)| {
        if line.starts_with('|') {
            return line.replace("| The ", "| That ").replace("|The ", "|That ");
        }
        if !is_prose {
            return line.to_owned();
        }
        line.replace("Retrieve ", "Fetch ")
            .replace("Represents ", "Stands for ")
            .replace("For more information", "To learn more")
            .replace(" in order to ", " to ")
            .replace(" using ", " by means of ")
            .replace(" specified ", " given ")
            .replace(" properties of ", " facts about ")
    }))
}

/// Each cell with two more blanks.
fn padded(text: &str) -> String {
    let mut is_code = false;
    joined(text.lines().map(|line| {
        is_code ^= line.trim_start().starts_with("```");
        let is_row = line.starts_with('|') && line.trim_end().ends_with('|') && !is_code;
        let is_rule = line.chars().all(|letter| "|:- ".contains(letter));
        if !is_row || is_rule || line.contains('\\') || line.contains('`') {
            return line.to_owned();
        }
        line.trim_end().replace('|', "  |  ").trim().to_owned()
    }))
}

/// Other titles of pages about operations.
fn retitled(text: &str) -> String {
    let is_operation =
        text.contains("doc_type: apiPageType") || text.contains("doc_type: \"apiPageType\"");
    let mut is_done = !is_operation;
    joined(text.lines().map(|line| match line.strip_prefix("# ") {
        Some(title) if !is_done => {
            is_done = true;
            format!("# {title} anew")
        }
        _ => line.to_owned(),
    }))
}

/// Relationships in front of properties, and responses in front of permissions.
fn moved(text: &str) -> String {
    let mut sections: Vec<String> = vec![String::new()];
    let (mut is_code, mut is_comment) = (false, false);
    for line in text.lines() {
        is_code ^= line.trim_start().starts_with("```");
        is_comment = (is_comment || line.contains("<!--")) && !line.contains("-->");
        if line.starts_with("## ") && !is_code && !is_comment {
            sections.push(String::new());
        }
        let last = sections.last_mut().expect("the first");
        last.push_str(line);
        last.push('\n');
    }
    let find = |sections: &[String], name: &str| {
        sections.iter().position(|section| section.to_lowercase().starts_with(name))
    };
    for (section, before) in
        [("## relationships", "## properties"), ("## response\n", "## permissions")]
    {
        if let (Some(from), Some(to)) = (find(&sections, section), find(&sections, before))
            && from > to
        {
            let moved = sections.remove(from);
            sections.insert(to, moved);
        }
    }
    sections.concat()
}
