//! `ties add`

use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::add::{NewContact, add, cadence, circle, date, namesakes};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::editing::open_in_editor;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::newcomers::template;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::world::World;
use crate::text::shell::quoted;
use crate::text::typed::one_line;
use clap::Args;

/// Make a note for somebody new
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties add \"Ana Lima\"
  ties add \"Ana Lima\" --circle inner --channel signal --birthday 03-04
  ties add \"João Faria\" --cadence \"2-4 weeks\" --group work --edit

The note is made from templates/contact.md. `ties start` makes several, one line each.")]
pub struct AddArguments {
    /// The name
    name: String,
    /// A circle, which gives the rhythm: inner, growth, mentor, extended or one of yours
    #[arg(long, value_name = "CIRCLE")]
    circle: Option<String>,
    /// How they like to be reached; may be given again
    #[arg(long, value_name = "WORD")]
    channel: Vec<String>,
    /// A rhythm of their own: monthly, 3 months, 2-3 weeks
    #[arg(long, value_name = "RHYTHM")]
    cadence: Option<String>,
    /// Birthday: 1988-03-04, 03-04 or 1988
    #[arg(long, value_name = "DATE")]
    birthday: Option<String>,
    /// A group; may be given again
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Open the new note in your editor
    #[arg(long, conflicts_with = "dry_run")]
    edit: bool,
    /// Make it though somebody has the same name
    #[arg(long)]
    anyway: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Makes a note.
pub fn run(arguments: &AddArguments, world: &World, output: &mut Output) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    check_name(&arguments.name)?;
    let contact = contact(arguments, &session)?;
    let reading = read(&session, output);
    check_namesakes(arguments, &reading)?;
    let template = template(&session);
    let (book, vocabulary) = (&reading.book, &session.vocabulary);
    let change = add(book, vocabulary, session.today, &contact, template.as_deref(), &[])?;
    let name = &contact.name;
    let written =
        carry_out(&session, &change, arguments.dry_run, &format!("{name} has a note"), output)?;
    if let Some(file) = change.files.first().filter(|_| arguments.edit && written) {
        open_in_editor(world, &session, file.path(), output)?;
    }
    Ok(Exit::Done)
}

/// `Ana Lima; inner` is how `ties start` takes a person; nobody is called so.
fn check_name(name: &str) -> Result<(), Failure> {
    let Some((first, _)) = name.split_once(';') else { return Ok(()) };
    let failure = Failure::usage(format!("`{name}` is a line for `ties start`, not a name"));
    let alone = format!("ties add {} --circle CIRCLE", quoted(first.trim()));
    Err(failure.hint(format!("`{alone}`; `ties start` takes such lines")))
}

fn contact(arguments: &AddArguments, session: &Session) -> Result<NewContact, Failure> {
    let named = |name: &String| circle(name, &session.vocabulary);
    Ok(NewContact {
        name: one_line(&arguments.name),
        circle: arguments.circle.as_ref().map(named).transpose()?,
        channels: arguments.channel.clone(),
        cadence: arguments.cadence.as_deref().map(cadence).transpose()?,
        birthday: arguments.birthday.as_deref().map(date).transpose()?,
        groups: arguments.group.clone(),
        ..NewContact::default()
    })
}

fn check_namesakes(arguments: &AddArguments, reading: &Reading) -> Result<(), Failure> {
    let there = namesakes(&reading.book, &arguments.name);
    if there.is_empty() || arguments.anyway {
        return Ok(());
    }
    let mut failure = Failure::usage(format!("somebody is called {} already", arguments.name));
    for id in there {
        let contact = reading.book.contact(id);
        failure = failure.hint(format!("{}  {}", contact.name, contact.path));
    }
    Err(failure.hint("`--anyway` makes a second note"))
}
