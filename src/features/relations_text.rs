//! The ties of one person as text.

use crate::features::age::died_when;
use crate::features::relations::{Around, Inferred, Relations, Told};
use crate::features::relatives::words::{Group, Words, former};
use crate::people::book::ContactId;
use crate::text::columns::{beside, width, wrap};
use crate::text::phrase;

/// The heading of what follows.
pub const INFERRED: &str = "Follows from these (no note says it)";
/// The heading of what is over.
pub const BEFORE: &str = "Before";
/// The heading of the household.
pub const HOUSEHOLD: &str = "Under one roof";
/// The heading of the people around.
pub const AROUND: &str = "Around them";

/// All headings of a page.
pub fn headings() -> Vec<&'static str> {
    let groups = Group::ALL.map(Group::heading);
    groups.into_iter().chain([BEFORE, HOUSEHOLD, INFERRED, AROUND]).collect()
}

/// The page of `relations` in lines of at most `columns`, each with its line end.
pub fn render_relations(words: &Words<'_>, relations: &Relations, columns: usize) -> String {
    let page = Page { words, relations, columns: columns.clamp(20, 100) };
    let mut text = page.head();
    let mut section = |heading: &str, lines: String| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{heading}\n{lines}"));
        }
    };
    for group in Group::ALL {
        let is_here = |told: &&Told| told.group == group && !told.over;
        let rows = page.ties(is_here).into_iter().chain(page.loose(group));
        section(group.heading(), page.table(&rows.collect::<Vec<_>>()));
    }
    section(BEFORE, page.table(&page.ties(|told| told.over)));
    section(HOUSEHOLD, page.household());
    section(INFERRED, page.table(&page.inferred()));
    section(AROUND, page.around());
    let is_empty = relations.ties.is_empty() && relations.loose.is_empty();
    if is_empty && relations.inferred.is_empty() {
        text.push_str("\nNo note tells of a tie yet.\n");
    }
    text
}

/// So many ties of one person around are told; more are counted.
const TIES_AROUND: usize = 20;

struct Page<'a> {
    words: &'a Words<'a>,
    relations: &'a Relations,
    columns: usize,
}

impl Page<'_> {
    fn head(&self) -> String {
        let (book, id) = (self.words.book, self.relations.id);
        let me = if book.me() == Some(id) { " (you)" } else { "" };
        let name = format!("{}{me}", book.brief(id).name);
        let path = book.identity(id);
        format!("{}\n{path}.md\n", wrap(&name, self.columns - 2).join("\n  "))
    }

    fn ties(&self, wanted: impl Fn(&&Told) -> bool) -> Vec<(String, String)> {
        let ties = self.relations.ties.iter().filter(wanted);
        ties.map(|told| (told.word.clone(), self.with_time(told))).collect()
    }

    fn loose(&self, group: Group) -> Vec<(String, String)> {
        let loose = self.relations.loose.iter().filter(|of| Group::of(&of.generic) == group);
        loose.map(|of| (of.word.clone(), of.told())).collect()
    }

    /// `Bo Silva, since 2015`; `Maria, who died in 2019, since 1980`
    fn with_time(&self, told: &Told) -> String {
        let name = self.full_name(told.tie.other);
        let name = match self.words.book.brief(told.tie.other).died {
            Some(death) => format!("{name}, who {}", died_when(death.date, self.words.day)),
            None => name,
        };
        let once = told.group == Group::Introductions && told.tie.time.until.is_none();
        let time = self.words.time(self.relations.id, &told.tie);
        match time {
            Some(time) if once => {
                let time = time.trim_start_matches("since ").trim_start_matches("from ");
                format!("{name}, in {time}")
            }
            Some(time) => format!("{name}, {time}"),
            None => name,
        }
    }

    fn full_name(&self, id: ContactId) -> String {
        let me = self.words.book.me() == Some(id);
        let name = &self.words.book.brief(id).name;
        if me { format!("{name} (you)") } else { name.clone() }
    }

    fn household(&self) -> String {
        let people = self.relations.household.iter().map(|id| self.full_name(*id));
        let people = people.collect::<Vec<_>>();
        if people.is_empty() { String::new() } else { self.item(&phrase::list(&people)) }
    }

    fn inferred(&self) -> Vec<(String, String)> {
        let row = |inferred: &Inferred| (inferred.word.to_owned(), inferred.why.clone());
        let mut rows = self.relations.inferred.iter().map(row).collect::<Vec<_>>();
        if self.relations.cut {
            let why = "there are more ties here than are followed";
            rows.push(("…".to_owned(), why.to_owned()));
        }
        rows
    }

    fn around(&self) -> String {
        let mut lines =
            self.relations.around.iter().map(|around| self.item(&self.one_around(around)));
        let mut text = lines.by_ref().collect::<String>();
        if self.relations.more_around > 0 {
            let more = phrase::count(self.relations.more_around, "person", "people");
            text += &self.item(&format!("and {more} more"));
        }
        text
    }

    /// `Rita Lima: husband Bo, daughters Linh and Mai`
    fn one_around(&self, around: &Around) -> String {
        let mut parts: Vec<(String, Vec<String>)> = Vec::new();
        for told in around.ties.iter().take(TIES_AROUND) {
            let word = if told.over { former(&told.word) } else { told.word.clone() };
            let name = self.words.book.brief(told.tie.other).name.clone();
            match parts.iter_mut().find(|(known, _)| *known == word) {
                Some((_, names)) => names.push(name),
                None => parts.push((word, vec![name])),
            }
        }
        let parts = parts.iter().map(|(word, names)| format!("{word} {}", phrase::list(names)));
        let mut parts = parts.collect::<Vec<_>>();
        if let more @ 1.. = around.ties.len().saturating_sub(TIES_AROUND) {
            parts.push(format!("and {more} more"));
        }
        format!("{}: {}", self.words.book.brief(around.id).name, parts.join("; "))
    }

    /// Two columns; the second is wrapped.
    fn table(&self, rows: &[(String, String)]) -> String {
        let label_width = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0).min(24);
        let mut table = String::new();
        for (label, value) in rows {
            let gap = " ".repeat(label_width.saturating_sub(width(label)));
            let value = beside(value, label_width + 4, self.columns);
            let first = format!("  {label}{gap}  {}", value.first);
            table.push_str(&format!("{}\n", first.trim_end()));
            value.below.iter().for_each(|line| table.push_str(&format!("{line}\n")));
        }
        table
    }

    fn item(&self, text: &str) -> String {
        let mut lines = wrap(text, self.columns.saturating_sub(4)).into_iter();
        let first = lines.next().map(|line| format!("  {line}\n"));
        first.into_iter().chain(lines.map(|line| format!("    {line}\n"))).collect()
    }
}
