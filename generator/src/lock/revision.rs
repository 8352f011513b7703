//! The git revision of docs that are a checkout of their own.
//!
//! git is asked as a program, without a prompt and without the network, and for a limited time. No
//! answer, whatever the reason, is no revision.

use std::path::Path;

use crate::git;

/// A commit of the docs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Revision {
    pub(super) commit: String,
    /// Whether the docs hold changes that are not in it.
    pub(super) is_dirty: bool,
}

/// The revision of the docs. None where they lie in no repository, or in the one of the crate: its
/// own commits say which docs belong to which crate, and a commit cannot name itself.
///
/// `beside` says whether pages include from the folder beside the docs.
pub(super) fn find(docs: &Path, beside: bool, out: &Path) -> Option<Revision> {
    if !may_be_found(docs, out) {
        return None;
    }
    // That `HEAD` knows the folder tells docs in a repository from docs that it ignores.
    let known = ask(docs, &["rev-parse", "--show-toplevel", "HEAD", "HEAD:./"])?;
    let mut known = known.lines();
    let (root, commit) = (known.next()?.to_owned(), known.next()?.to_owned());
    let out = std::path::absolute(out).ok()?;
    let out = out.ancestors().find(|folder| folder.is_dir())?;
    if ask(out, &["rev-parse", "--show-toplevel"]).is_some_and(|own| own.trim_end() == root) {
        return None;
    }
    let status = ["status", "--porcelain", "--untracked-files=normal", "--", "."];
    // Where that is outside of the repository, git fails: no commit holds it.
    let includes = beside.then_some("../includes");
    let status: Vec<_> = status.into_iter().chain(includes).collect();
    let status = ask(docs, &status);
    Some(Revision { commit, is_dirty: status.is_none_or(|status| !status.is_empty()) })
}

/// Whether [`find`] may find something, as far as that can be seen without asking git.
pub(super) fn may_be_found(docs: &Path, out: &Path) -> bool {
    let repository = |folder: &Path| {
        let folder = std::path::absolute(folder).ok()?;
        let folder = folder.ancestors().find(|folder| folder.is_dir())?.canonicalize().ok()?;
        folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
    };
    let docs = repository(docs);
    docs.is_some() && docs != repository(out)
}

/// What git answers, if it does as it was asked.
fn ask(folder: &Path, arguments: &[&str]) -> Option<String> {
    let answer = git::run(folder, arguments).ok()?;
    answer.is_success.then_some(answer.text)
}
