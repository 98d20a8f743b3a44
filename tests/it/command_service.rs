//! `ties service`: what is written, what is left alone, and what the systems' own tools think of it.

use crate::support::program::TestVault;
use crate::support::screen::is_here;
use expect_test::expect;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

/// A vault in a folder with an odd name, and stand-ins for the tools of the system: a `crontab` that keeps its text in a
/// file, and a `systemctl` that writes down what it is asked.
fn world() -> TestVault {
    let vault = TestVault::of("=== people/ana.md\n---\nname: Ana\n---\n");
    let tools = vault.beside("tools");
    std::fs::create_dir(&tools).unwrap();
    let tab = vault.beside("tab");
    let crontab = format!(
        "#!/bin/sh\nif [ \"$1\" = -l ]; then\n  [ -f '{0}' ] || {{ echo 'no crontab for ana' >&2; exit 1; }}\n  cat '{0}'\nelse\n  cat > '{0}'\nfi\n",
        tab.display()
    );
    let systemctl = format!("#!/bin/sh\necho \"$@\" >> '{}'\n", vault.beside("asked").display());
    for (name, text) in [("crontab", crontab), ("systemctl", systemctl)] {
        std::fs::write(tools.join(name), text).unwrap();
        std::fs::set_permissions(tools.join(name), PermissionsExt::from_mode(0o755)).unwrap();
    }
    vault.with("PATH", &format!("{}:/usr/bin:/bin", tools.display()))
}

fn units(vault: &TestVault) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(vault.beside("home/config/systemd/user"));
    let entries = folder.into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut units = entries.collect::<Vec<_>>();
    units.sort();
    units
}

/// With what differs from test to test left out.
fn calm(text: &str) -> String {
    let mut calm = String::new();
    for part in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_mark = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        calm += &if is_mark { part.replace(digits, "MARK") } else { part.to_owned() };
    }
    calm
}

#[test]
fn units_are_installed_shown_and_removed() {
    let vault = world();
    let run = vault.ties("service status --kind systemd");
    assert_eq!((run.code, run.out.matches("not there").count()), (1, 3), "{run:?}");
    let run = vault.ties("service install --kind systemd --dry-run");
    assert!(run.out.contains("+OnCalendar=*-*-* 04:05:00") && run.code == 0, "{run:?}");
    assert!(units(&vault).is_empty());
    let run = vault.ties("service install --kind systemd --at 06:30");
    expect![[r#"
        -- talk
        WORLD/home/config/systemd/user/ties-watch-vault-MARK.service is written.
        WORLD/home/config/systemd/user/ties-agenda-vault-MARK.service is written.
        WORLD/home/config/systemd/user/ties-agenda-vault-MARK.timer is written.
        exit 0
    "#]]
    .assert_eq(&calm(&run.shown()));
    assert_eq!(units(&vault).len(), 3);
    let text =
        units(&vault).iter().map(|unit| std::fs::read_to_string(unit).unwrap()).collect::<String>();
    assert!(text.contains("OnCalendar=*-*-* 06:30:00"), "{text}");
    assert!(text.contains(&format!("--vault \"{}\" agenda", vault.root().display())), "{text}");
    assert!(!text.contains("PATH="), "only where things are is handed on: {text}");
    let json = vault.ties("service status --kind systemd --at 06:30 --json");
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&read["system"], &read["installed"]), (&"systemd".into(), &true.into()));
    assert_eq!((json.code, read["files"].as_array().unwrap().len()), (0, 3));
    assert_eq!(read["files"][0]["state"], "current");
    let run = vault.ties("service status --kind systemd --at 06:30");
    assert_eq!((run.code, run.out.matches("installed").count()), (0, 3), "{run:?}");
    // Again is the same, and another time renews only the timer.
    assert_eq!(
        vault
            .ties("service install --kind systemd --at 06:30")
            .err
            .matches("as it should be")
            .count(),
        3
    );
    assert_eq!(vault.ties("service install --kind systemd").err.matches("is written").count(), 1);
    let run = vault.ties("service uninstall --kind systemd");
    assert_eq!((run.code, units(&vault).len()), (0, 0), "{run:?}");
    assert_eq!(vault.ties("service uninstall --kind systemd").code, 1);
    let asked = std::fs::read_to_string(vault.beside("asked")).unwrap();
    assert!(asked.contains("--user enable --now ties-watch-vault-"), "{asked}");
    assert!(asked.contains("--user disable --now ties-watch-vault-"), "{asked}");
}

#[test]
fn what_a_person_changed_is_left_as_it_is() {
    let vault = world();
    vault.ties("service install --kind systemd");
    let unit = units(&vault).pop().unwrap();
    let text = std::fs::read_to_string(&unit).unwrap().replace("Nice=10", "Nice=5");
    std::fs::write(&unit, &text).unwrap();
    for command in ["service install --kind systemd", "service uninstall --kind systemd"] {
        let run = vault.ties(command);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.err.contains("is not as `ties` wrote it"), "{run:?}");
        assert_eq!(std::fs::read_to_string(&unit).unwrap(), text);
        assert_eq!(units(&vault).len(), 3);
    }
    let run = vault.ties("service status --kind systemd");
    assert!(run.out.contains("changed by hand"), "{run:?}");
}

#[test]
fn two_vaults_have_two_services() {
    let vault = world();
    let other = vault.beside("other/vault");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("ties.toml"), "day_starts_at = \"05:00\"\n").unwrap();
    let other = other.display().to_string();
    for kind in ["systemd", "cron"] {
        assert_eq!(vault.ties(&format!("service install --kind {kind}")).code, 0);
        assert_eq!(vault.run(["service", "install", "--kind", kind, "--vault", &other]).code, 0);
    }
    assert_eq!(units(&vault).len(), 6);
    let crontab = std::fs::read_to_string(vault.beside("tab")).unwrap();
    assert!(crontab.contains("\n5 4 * * * ") && crontab.contains("\n5 5 * * * "), "{crontab}");
    assert_eq!(vault.run(["service", "uninstall", "--kind", "cron", "--vault", &other]).code, 0);
    let crontab = std::fs::read_to_string(vault.beside("tab")).unwrap();
    assert!(crontab.contains("\n5 4 * * * ") && !crontab.contains("\n5 5 * * * "), "{crontab}");
}

#[test]
fn every_other_line_of_a_crontab_stays() {
    let vault = world();
    let own = "# mine\nMAILTO=ana\n\n0 9 * * 1 echo 'week'\t% \\% é\n";
    std::fs::write(vault.beside("tab"), own).unwrap();
    let tab = || std::fs::read_to_string(vault.beside("tab")).unwrap();
    assert_eq!(vault.ties("service install --kind cron").code, 0);
    assert!(tab().starts_with(own) && tab().len() > own.len(), "{}", tab());
    std::fs::write(vault.beside("tab"), format!("{}# after\n", tab())).unwrap();
    assert_eq!(vault.ties("service install --kind cron --at 07:00").code, 0);
    assert!(tab().contains("\n0 7 * * * ") && tab().ends_with("# after\n"), "{}", tab());
    assert_eq!(vault.ties("service status --kind cron --at 07:00").code, 0);
    let edited = tab().replace("0 7 *", "0 8 *");
    std::fs::write(vault.beside("tab"), &edited).unwrap();
    assert_eq!(vault.ties("service uninstall --kind cron").code, 1);
    assert_eq!(tab(), edited);
    std::fs::write(vault.beside("tab"), edited.replace("0 8 *", "0 7 *")).unwrap();
    assert_eq!(vault.ties("service uninstall --kind cron").code, 0);
    assert_eq!(tab(), format!("{own}# after\n"));
}

#[test]
fn a_crontab_that_cannot_be_read_is_not_written() {
    let vault = world();
    std::fs::write(vault.beside("tools/crontab"), "#!/bin/sh\necho 'you may not' >&2\nexit 1\n")
        .unwrap();
    let run = vault.ties("service install --kind cron");
    expect![[r#"
        -- talk
        error: cannot read your crontab
          because you may not
        exit 4
    "#]]
    .assert_eq(&run.shown());
    assert!(!vault.beside("tab").exists());
}

#[test]
fn where_the_system_takes_no_notice_the_files_are_there_and_it_says_so() {
    let vault = world();
    std::fs::write(vault.beside("tools/systemctl"), "#!/bin/sh\necho 'no bus' >&2\nexit 1\n")
        .unwrap();
    let run = vault.ties("service install --kind systemd");
    assert_eq!((run.code, units(&vault).len()), (3, 3), "{run:?}");
    assert!(run.err.contains("no bus") && run.err.contains("hint: `systemctl --user"), "{run:?}");
    assert_eq!(vault.ties("service uninstall --kind systemd").code, 0);
    assert!(units(&vault).is_empty());
}

#[test]
fn what_is_printed_is_not_written() {
    let vault = world();
    for kind in ["systemd", "launchd", "cron"] {
        let run = vault.ties(&format!("service install --print --kind {kind}"));
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.out.contains("agenda") && run.out.contains("WORLD/vault"), "{run:?}");
    }
    assert!(units(&vault).is_empty() && !vault.beside("tab").exists());
    assert_eq!(vault.ties("service install --kind systemd --at noon").code, 2);
    assert_eq!(vault.ties("service install --kind upstart").code, 2);
}

/// What is run, word by word: the units name commands that there are.
#[test]
fn the_commands_of_a_service_are_commands_of_ties() {
    let command = ties::frontends::cli::help::command();
    let there = |words: &[&str]| command.find_subcommand(words[0]).is_some();
    assert!(there(ties::features::service::plan::AGENDA));
    if !there(ties::features::service::plan::WATCH) {
        eprintln!("skipped: this build has no watcher");
    }
}

/// A vault whose path has all that needs quotes.
fn odd_world() -> (TestVault, String) {
    let vault = world();
    let odd = vault.beside("50% of \"my\" $people & Ana's");
    std::fs::create_dir(&odd).unwrap();
    std::fs::write(odd.join("ties.toml"), "").unwrap();
    (vault, odd.display().to_string())
}

#[test]
fn systemd_takes_the_units() {
    if !is_here("systemd-analyze") {
        return;
    }
    let (vault, odd) = odd_world();
    assert_eq!(vault.run(["service", "install", "--kind", "systemd", "--vault", &odd]).code, 0);
    let output = Command::new("systemd-analyze")
        .args(["--user", "--man=no", "verify"])
        .args(units(&vault))
        .env("XDG_RUNTIME_DIR", vault.beside("home"))
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let odd = said.lines().filter(|line| line.contains("ties-")).collect::<Vec<_>>();
    assert!(output.status.success() && odd.is_empty(), "{said}");
}

#[test]
fn a_property_list_says_what_was_meant() {
    if !is_here("python3") {
        return;
    }
    let (vault, odd) = odd_world();
    assert_eq!(vault.run(["service", "install", "--kind", "launchd", "--vault", &odd]).code, 3);
    let read = "import plistlib, sys, json
for name in sys.argv[1:]:
    p = plistlib.load(open(name, 'rb'))
    assert name.endswith('/' + p['Label'] + '.plist')
    print(json.dumps([p['ProgramArguments'][1:], sorted(p), p.get('StartCalendarInterval')]))";
    let folder = vault.beside("home/Library/LaunchAgents");
    let mut lists =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    lists.sort();
    let output = Command::new("python3").arg("-c").arg(read).args(&lists).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let shown = String::from_utf8_lossy(&output.stdout);
    let shown = shown.replace(&vault.beside("").display().to_string(), "WORLD/");
    expect![[r#"
        [["--vault", "WORLD/50% of \"my\" $people & Ana's", "agenda"], ["EnvironmentVariables", "Label", "ProcessType", "ProgramArguments", "RunAtLoad", "StandardOutPath", "StartCalendarInterval"], {"Hour": 4, "Minute": 5}]
        [["--vault", "WORLD/50% of \"my\" $people & Ana's", "watch"], ["EnvironmentVariables", "KeepAlive", "Label", "ProcessType", "ProgramArguments", "RunAtLoad", "StandardOutPath"], null]
    "#]].assert_eq(&shown);
}

#[test]
fn cron_and_the_shell_read_the_line_as_it_was_meant() {
    let (vault, odd) = odd_world();
    let run = vault.run(["service", "install", "--kind", "cron", "--vault", &odd]);
    assert_eq!(run.code, 0, "{run:?}");
    let tab = std::fs::read_to_string(vault.beside("tab")).unwrap();
    let line = tab.lines().find(|line| line.starts_with("5 4 * * * ")).unwrap();
    // cron turns an escaped percent sign into one, and gives the rest to the shell.
    let command = line["5 4 * * * ".len()..].replace("\\%", "%");
    let output = Command::new("sh").arg("-c").arg(&command).env_clear().output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(PathBuf::from(odd).join("agenda.md").exists());
}
