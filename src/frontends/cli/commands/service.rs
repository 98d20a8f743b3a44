//! `ties service`

use crate::app::services::{Place, Service, ServiceError, Standing};
use crate::app::session::Session;
use crate::effects::service::kind_here;
use crate::features::service::plan::Kind;
use crate::features::setting_value::time_of_day;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use crate::frontends::wire::json;
use crate::frontends::wire_status::WireService;
use crate::note::toml::Value;
use crate::text::diff::unified;
use clap::{Args, Subcommand, ValueEnum};

/// Have the system run ties each morning, without a terminal
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties service install --print     what would be written, with the reasons
  ties service install
  ties service status
  ties service status --json
  ties service uninstall

With systemd and launchd the watcher runs too, with cron only the morning. Each vault has a service of its own.")]
pub struct ServiceArguments {
    #[command(subcommand)]
    action: Action,
    /// What is to run it: systemd, launchd or cron; without it, what this machine has
    #[arg(long, global = true, value_name = "SYSTEM", hide_possible_values = true)]
    kind: Option<ServiceKind>,
    /// When the morning run starts, such as 06:30; without it, five minutes after the day begins
    #[arg(long, global = true, value_name = "TIME")]
    at: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ServiceKind {
    Systemd,
    Launchd,
    Cron,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write what the system needs, and switch it on
    Install {
        /// Print what would be written, and write nothing
        #[arg(long)]
        print: bool,
        /// Show what would change, and change nothing
        #[arg(long, conflicts_with = "print")]
        dry_run: bool,
    },
    /// Switch it off, and remove exactly what was written
    Uninstall {
        /// Show what would change, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Tell what is there and whether it runs
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// Installs, removes or shows a service.
pub fn run(
    arguments: &ServiceArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    let printed = matches!(arguments.action, Action::Install { print: true, .. });
    let kind = kind(arguments, world, printed)?;
    let service = service(arguments, kind, &session, world)?;
    match arguments.action {
        Action::Install { print: true, .. } => print(&service, output),
        Action::Install { dry_run, .. } => install(&service, dry_run, output),
        Action::Uninstall { dry_run } => uninstall(&service, dry_run, output),
        Action::Status { json } => status(&service, kind, json, output),
    }
}

fn kind(arguments: &ServiceArguments, world: &World, printed: bool) -> Result<Kind, Failure> {
    let named = arguments.kind.map(|kind| match kind {
        ServiceKind::Systemd => Kind::Systemd,
        ServiceKind::Launchd => Kind::Launchd,
        ServiceKind::Cron => Kind::Cron,
    });
    let found = named.or_else(|| kind_here(&world.environment));
    let found = found.or(printed.then_some(Kind::Systemd));
    found.ok_or_else(|| {
        Failure::no("this machine has neither systemd, launchd nor cron")
            .hint("`--kind KIND` names one all the same")
            .hint("`ties service install --print` shows what another program would have to do")
    })
}

fn service<'a>(
    arguments: &ServiceArguments,
    kind: Kind,
    session: &Session,
    world: &'a World,
) -> Result<Service<'a>, Failure> {
    let at = arguments.at.as_deref().map(minutes).transpose()?;
    Service::new(session, kind, at, &world.environment).map_err(failure)
}

/// `06:30` as minutes after midnight.
fn minutes(text: &str) -> Result<u32, Failure> {
    let odd = || {
        Failure::usage(format!("`{text}` is no time of the morning"))
            .hint("write it as 06:30, before 12:00")
    };
    time_of_day(&Value::Text(text.to_owned())).ok_or_else(odd)
}

fn print(service: &Service<'_>, output: &mut Output) -> Result<Exit, Failure> {
    for (at, part) in service.parts().map_err(failure)?.iter().enumerate() {
        if at > 0 {
            output.data(&Line::new());
        }
        output.talk(&Line::new().label(Label::Place, format!("{}:", part.name)));
        output.data_text(&part.text);
    }
    Ok(Exit::Done)
}

fn install(service: &Service<'_>, dry_run: bool, output: &mut Output) -> Result<Exit, Failure> {
    let places = service.places().map_err(failure)?;
    if dry_run {
        for place in &places {
            output.diff(&unified(&place.name, place.before.as_deref(), &place.text));
        }
        for command in service.commands() {
            output.talk(&Line::of(format!("Then: {}", command.join(" "))));
        }
        return Ok(Exit::Done);
    }
    service.install(&places).map_err(failure)?;
    for place in &places {
        let what =
            if place.standing == Standing::Current { "is as it should be" } else { "is written" };
        output.talk(&Line::new().label(Label::Place, &place.name).plain(format!(" {what}.")));
    }
    let switched = service.switch_on();
    Ok(said(switched, "switched on", &service.commands(), output))
}

fn uninstall(service: &Service<'_>, dry_run: bool, output: &mut Output) -> Result<Exit, Failure> {
    let places = service.places().map_err(failure)?;
    let there =
        places.iter().filter(|place| place.standing != Standing::Missing).collect::<Vec<_>>();
    if there.is_empty() {
        output.talk(&Line::of("No service of this vault is here."));
        return Ok(Exit::No);
    }
    if dry_run {
        for place in &there {
            output.diff(&unified(&place.name, place.before.as_deref(), ""));
        }
        return Ok(Exit::Done);
    }
    if places.iter().all(|place| place.standing != Standing::Changed)
        && let Err(why) = service.switch_off()
    {
        output.notice(&format!("it could not be switched off: {why}"));
    }
    service.uninstall(&places).map_err(failure)?;
    for place in there {
        output.talk(&Line::new().label(Label::Place, &place.name).plain(" is removed."));
    }
    Ok(Exit::Done)
}

fn status(
    service: &Service<'_>,
    kind: Kind,
    as_json: bool,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let places = service.places().map_err(failure)?;
    let states = service.states();
    if as_json {
        output.data_text(&json(WireService::new(kind, &places, &states)));
    } else {
        for place in &places {
            let line = Line::new().label(Label::Place, &place.name).plain("  ");
            output.data(&line.plain(words(place)));
        }
        for (unit, state) in states {
            output.data(&Line::of(unit).plain("  ").label(Label::Name, state));
        }
    }
    let here = places.iter().all(|place| place.standing != Standing::Missing);
    Ok(if here { Exit::Done } else { Exit::No })
}

fn words(place: &Place) -> &'static str {
    match place.standing {
        Standing::Missing => "not there",
        Standing::Current => "installed",
        Standing::Older => {
            "installed by another release, or with other settings; `ties service install` renews it"
        }
        Standing::Changed => "changed by hand",
    }
}

/// Files that are written and a system that took no notice are half of it.
fn said(
    switched: Result<(), String>,
    what: &str,
    commands: &[Vec<String>],
    output: &mut Output,
) -> Exit {
    match switched {
        Ok(()) => Exit::Done,
        Err(why) => {
            output.notice(&format!("it could not be {what}: {why}"));
            for command in commands {
                output.hint(&format!("`{}`", command.join(" ")));
            }
            Exit::Partly
        }
    }
}

fn failure(error: ServiceError) -> Failure {
    match error {
        ServiceError::Unfit(_) => Failure::no(error.to_string()),
        ServiceError::Changed(_) => Failure::no(error.to_string())
            .hint("put it back as it was, or remove it yourself, and run this again"),
        ServiceError::World(what, source) => Failure::refused(what, source),
    }
}
