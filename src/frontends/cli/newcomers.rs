//! The people that are typed or read in one go: lines become notes to be made, and nobody is made twice.

use crate::app::session::Session;
use crate::features::add::{add, namesakes};
use crate::features::start::read_line;
use crate::features::templates::TEMPLATES;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::world::World;
use crate::note::change::{FileChange, Refusal};
use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::fold::fold;
use std::collections::HashMap;
use std::mem::ManuallyDrop;

/// What a line comes to.
#[derive(Debug)]
pub enum Newcomer {
    /// A blank line or a comment.
    Nobody,
    /// Somebody who is here already, in words.
    Known(String),
    /// It cannot be understood, and why.
    Unclear(Refusal),
    /// A note to be made.
    New(FileChange),
}

/// The people of one go.
#[derive(Debug)]
pub struct Newcomers {
    book: Book,
    vocabulary: Vocabulary,
    today: Day,
    template: Option<String>,
    // Folded names with the notes that they will have.
    taken: HashMap<String, NotePath>,
    written: Vec<NotePath>,
}

impl Newcomers {
    /// Nobody yet, beside those of the vault, where there is one.
    pub fn new(
        world: &World,
        session: Option<&Session>,
        output: &mut Output,
    ) -> Result<Newcomers, Failure> {
        let (book, vocabulary, today, template) = match session {
            Some(session) => {
                let reading = ManuallyDrop::into_inner(read(session, output));
                let template = template(session);
                (reading.book, Vocabulary::clone(&session.vocabulary), session.today, template)
            }
            None => {
                let vocabulary = Vocabulary::new(world.user_config().settings.words);
                let built_in = TEMPLATES.iter().find(|(name, _)| *name == "contact.md");
                let template = built_in.map(|(_, text)| (*text).to_owned());
                (Book::new(Vec::new(), &vocabulary, None), vocabulary, world.today()?, template)
            }
        };
        let (taken, written) = (HashMap::new(), Vec::new());
        Ok(Newcomers { book, vocabulary, today, template, taken, written })
    }

    /// What `line` comes to. Who is new is taken until [`forget`](Newcomers::forget).
    pub fn take(&mut self, line: &str) -> Newcomer {
        let contact = match read_line(line, &self.vocabulary, self.today) {
            Ok(Some(contact)) => contact,
            Ok(None) => return Newcomer::Nobody,
            Err(refusal) => return Newcomer::Unclear(refusal),
        };
        if let Some(path) = self.known(&contact.name) {
            let name = contact.name;
            return Newcomer::Known(format!("{name} is here already: {path}"));
        }
        let taken = self.taken.values().cloned().collect::<Vec<_>>();
        let template = self.template.as_deref();
        let change = add(&self.book, &self.vocabulary, self.today, &contact, template, &taken);
        match change.map(|change| change.files.into_iter().next()) {
            Ok(Some(file)) => {
                self.taken.insert(fold(&contact.name), file.path().clone());
                Newcomer::New(file)
            }
            Ok(None) => Newcomer::Nobody,
            Err(refusal) => Newcomer::Unclear(refusal),
        }
    }

    fn known(&self, name: &str) -> Option<String> {
        let taken = self.taken.get(&fold(name)).map(ToString::to_string);
        taken.or_else(|| {
            let there = namesakes(&self.book, name);
            there.first().map(|id| self.book.contact(*id).path.to_string())
        })
    }

    /// The note at `path` is not wanted after all.
    pub fn forget(&mut self, path: &NotePath) {
        self.taken.retain(|_, taken| taken != path);
    }

    /// The note at `path` was made.
    pub fn written(&mut self, path: NotePath) {
        self.written.push(path);
    }

    /// How the first of them can be called on the command line: the first word of their file name.
    pub fn first_word(&self) -> Option<String> {
        let stem = self.written.first()?.stem();
        Some(stem.split('-').next().unwrap_or(stem).to_owned())
    }
}

/// The template of the vault for contacts.
pub fn template(session: &Session) -> Option<String> {
    session.text(&format!("{}/contact.md", session.vocabulary.folders.templates))
}
