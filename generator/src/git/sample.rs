//! Repositories for tests, made by git itself.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A repository in a folder that goes with it.
pub(crate) struct Sample {
    folder: TempDir,
    /// The root of its working tree, without links.
    pub(crate) root: PathBuf,
}

impl Sample {
    /// An empty one. None where there is no git, which is said.
    pub(crate) fn new() -> Option<Self> {
        if !Command::new("git").arg("--version").output().is_ok_and(|it| it.status.success()) {
            let line = "git is not installed: nothing is read from repositories\n";
            std::io::stderr().write_all(line.as_bytes()).expect("the terminal takes it");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there").join("work");
        fs::create_dir(&root).expect("a folder");
        let sample = Self { folder, root };
        sample.git(&["init", "--quiet", "--initial-branch=main"]);
        sample.git(&["config", "uploadpack.allowFilter", "true"]);
        Some(sample)
    }

    /// One with a commit of these files.
    pub(crate) fn of(files: &[(&str, &[u8])]) -> Option<Self> {
        let sample = Self::new()?;
        for (path, content) in files {
            sample.write(path, content);
        }
        sample.commit();
        Some(sample)
    }

    /// A place beside the repository.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.with_file_name(name)
    }

    pub(crate) fn write(&self, path: &str, content: &[u8]) {
        write(&self.root.join(path), content);
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).expect("it is there");
    }

    /// A commit of all that is there.
    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "more"]);
    }

    /// What git says.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(&self.root, arguments)
    }

    /// A clone of it, made with these arguments.
    pub(crate) fn clone_as(&self, name: &str, arguments: &[&str]) -> PathBuf {
        let url = format!("file://{}", self.root.display());
        let all: Vec<_> = ["clone", "--quiet"].iter().chain(arguments).copied().collect();
        git(self.folder.path(), &[&all[..], &[&url, name]].concat());
        self.beside(name)
    }
}

pub(crate) fn write(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file")).expect("a new folder");
    fs::write(path, content).expect("a new file");
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    for variable in super::command::OF_A_REPOSITORY {
        command.env_remove(variable);
    }
    let output = command
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"])
        .args(arguments)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}
