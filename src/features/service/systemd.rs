//! Unit files of systemd's user manager: the watcher, and a timer for the morning.
//!
//! The quotes are those of systemd.service(5), "Command lines", and systemd.unit(5), "Specifiers".

use crate::features::service::plan::{AGENDA, Part, Plan, WATCH};
use crate::features::service::seal::sealed;
use std::fmt::Write;

/// The units of `plan`.
pub fn units(plan: &Plan) -> Vec<Part> {
    let (watch, timer) = (watch_unit(plan), timer_unit(plan));
    let agenda = format!("ties-agenda-{}.service", plan.name);
    vec![
        part(watch, &watch_text(plan)),
        part(agenda, &agenda_text(plan)),
        part(timer, &timer_text(plan)),
    ]
}

/// The names of the units that are switched on; the timer starts the third.
pub fn switched_on(plan: &Plan) -> [String; 2] {
    [watch_unit(plan), timer_unit(plan)]
}

fn watch_unit(plan: &Plan) -> String {
    format!("ties-watch-{}.service", plan.name)
}

fn timer_unit(plan: &Plan) -> String {
    format!("ties-agenda-{}.timer", plan.name)
}

fn part(name: String, text: &str) -> Part {
    Part { name, text: sealed(text, "# ", "") }
}

const HEAD: &str =
    "# Written by `ties service install`; `ties service uninstall` takes it away again.\n";

fn watch_text(plan: &Plan) -> String {
    let mut text = format!(
        "{HEAD}[Unit]
Description=Keep what ties knows of {} fresh
# A vault on a disk that is not there is no failure.
ConditionPathExists={}

[Service]
Type=simple
",
        specifiers(&plan.vault),
        specifiers(&format!("{}/ties.toml", plan.vault)),
    );
    text += &environment(plan);
    text += &command(plan, WATCH);
    text += "# After a crash again, a minute later; a clean stop stays a stop.
Restart=on-failure
RestartSec=60
# Whatever else the machine does comes first.
Nice=10
# It needs neither other users' rights nor the network.
NoNewPrivileges=yes
RestrictAddressFamilies=AF_UNIX

[Install]
# With the session of the person; after `loginctl enable-linger` also without one.
WantedBy=default.target
";
    text
}

fn agenda_text(plan: &Plan) -> String {
    let mut text = format!(
        "{HEAD}[Unit]
Description=Write the agenda of {}
ConditionPathExists={}

[Service]
Type=oneshot
",
        specifiers(&plan.vault),
        specifiers(&format!("{}/ties.toml", plan.vault)),
    );
    text += &environment(plan);
    text += &command(plan, AGENDA);
    text += "# The agenda is in agenda.md; the names in it have no business in the journal of the system.
StandardOutput=null
NoNewPrivileges=yes
RestrictAddressFamilies=AF_UNIX
";
    text
}

fn timer_text(plan: &Plan) -> String {
    let (hour, minute) = plan.time();
    format!(
        "{HEAD}[Unit]
Description=Write the agenda of {} each morning

[Timer]
# Just after the day has begun, as the settings say.
OnCalendar=*-*-* {hour:02}:{minute:02}:00
# A machine that slept then does it when it wakes.
Persistent=true

[Install]
WantedBy=timers.target
",
        specifiers(&plan.vault)
    )
}

fn environment(plan: &Plan) -> String {
    let mut text =
        "# Where configuration, state and cache are; a service must not guess.\n".to_owned();
    for (name, value) in &plan.environment {
        let _ = writeln!(text, "Environment={}", quoted(&format!("{name}={value}")));
    }
    text
}

fn command(plan: &Plan, arguments: &[&str]) -> String {
    // In the path of the program a dollar sign is itself, in the arguments it must be doubled.
    let vault = quoted(&plan.vault).replace('$', "$$");
    format!("ExecStart={} --vault {vault} {}\n", quoted(&plan.program), arguments.join(" "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", specifiers(&text.replace('\\', r"\\").replace('"', "\\\"")))
}

/// A percent sign would begin a specifier.
fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

#[cfg(test)]
mod tests {
    use crate::features::service::plan::Plan;
    use crate::features::service::systemd::{switched_on, units};
    use expect_test::expect;

    #[test]
    fn units_hold_odd_paths_in_their_quotes() {
        let plan = Plan::new(
            "/opt/my $tools/ties".into(),
            "/home/ana/50% \"my\" $people".into(),
            vec![("HOME", "/home/ana b".into())],
            245,
        );
        let parts = units(&plan.unwrap());
        let shown = parts.iter().map(|part| format!("== {}\n{}", part.name, part.text));
        expect![[r#"
            == ties-watch-50-my-people-2147ed32.service
            # Written by `ties service install`; `ties service uninstall` takes it away again.
            [Unit]
            Description=Keep what ties knows of /home/ana/50%% "my" $people fresh
            # A vault on a disk that is not there is no failure.
            ConditionPathExists=/home/ana/50%% "my" $people/ties.toml

            [Service]
            Type=simple
            # Where configuration, state and cache are; a service must not guess.
            Environment="HOME=/home/ana b"
            ExecStart="/opt/my $tools/ties" --vault "/home/ana/50%% \"my\" $$people" watch
            # After a crash again, a minute later; a clean stop stays a stop.
            Restart=on-failure
            RestartSec=60
            # Whatever else the machine does comes first.
            Nice=10
            # It needs neither other users' rights nor the network.
            NoNewPrivileges=yes
            RestrictAddressFamilies=AF_UNIX

            [Install]
            # With the session of the person; after `loginctl enable-linger` also without one.
            WantedBy=default.target
            # ties service 28ce16339f10e763c80a77bb8b413e76
            == ties-agenda-50-my-people-2147ed32.service
            # Written by `ties service install`; `ties service uninstall` takes it away again.
            [Unit]
            Description=Write the agenda of /home/ana/50%% "my" $people
            ConditionPathExists=/home/ana/50%% "my" $people/ties.toml

            [Service]
            Type=oneshot
            # Where configuration, state and cache are; a service must not guess.
            Environment="HOME=/home/ana b"
            ExecStart="/opt/my $tools/ties" --vault "/home/ana/50%% \"my\" $$people" agenda
            # The agenda is in agenda.md; the names in it have no business in the journal of the system.
            StandardOutput=null
            NoNewPrivileges=yes
            RestrictAddressFamilies=AF_UNIX
            # ties service 2948a3dd994bcbc09822aac9c1ba9537
            == ties-agenda-50-my-people-2147ed32.timer
            # Written by `ties service install`; `ties service uninstall` takes it away again.
            [Unit]
            Description=Write the agenda of /home/ana/50%% "my" $people each morning

            [Timer]
            # Just after the day has begun, as the settings say.
            OnCalendar=*-*-* 04:05:00
            # A machine that slept then does it when it wakes.
            Persistent=true

            [Install]
            WantedBy=timers.target
            # ties service 37d6910391d9f430a6dc1bee31eb541d
        "#]].assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn what_is_switched_on_is_written() {
        let plan = Plan::new("/t".into(), "/v".into(), vec![], 0).unwrap();
        let units = units(&plan);
        for name in switched_on(&plan) {
            assert!(units.iter().any(|unit| unit.name == name && unit.text.contains("[Install]")));
        }
    }
}
