//! The manual pages, as the programs that show them see them.

use crate::support::program::TestVault;
use crate::support::screen::is_here;
use std::path::PathBuf;
use std::process::Command;

fn written() -> (TestVault, Vec<PathBuf>) {
    let vault = TestVault::nothing();
    let run = vault.run(["man", "../man/man1"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    let folder = std::fs::read_dir(vault.beside("man/man1")).unwrap();
    let mut pages = folder.map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    pages.sort();
    (vault, pages)
}

/// What `program` has to say about each page; nothing is expected.
fn check(program: &str, arguments: &[&str], calm: impl Fn(&str) -> bool) {
    if !is_here(program) {
        return;
    }
    let (_vault, pages) = written();
    for page in pages {
        let output = Command::new(program)
            .args(arguments)
            .arg(&page)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let odd = said.lines().filter(|line| !calm(line)).collect::<Vec<_>>();
        assert!(odd.is_empty(), "{}: {odd:#?}", page.display());
    }
}

#[test]
fn a_page_for_every_command_is_written_and_the_first_is_printed() {
    let (vault, pages) = written();
    let name = |page: &PathBuf| page.file_name().unwrap().to_string_lossy().into_owned();
    let names = pages.iter().map(name).collect::<Vec<_>>();
    for wanted in ["ties.1", "ties-log.1", "ties-config-set.1"] {
        assert!(names.iter().any(|name| name == wanted), "{names:?}");
    }
    let run = vault.ties("man");
    assert_eq!(run.out, std::fs::read_to_string(vault.beside("man/man1/ties.1")).unwrap());
    let again = vault.run(["man", "../man/man1"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(vault.run(["man", "/dev/null/x"]).code, 4);
}

#[test]
fn groff_has_nothing_to_say_about_the_pages() {
    check("groff", &["-man", "-Kutf8", "-Tutf8", "-ww", "-z"], str::is_empty);
}

#[test]
fn mandoc_has_nothing_to_say_about_the_pages() {
    // A page without a date is the same on every day; a file name may stand without a section.
    let calm = |line: &str| line.contains("missing date") || line.contains("STYLE");
    check("mandoc", &["-Tlint", "-Wwarning"], calm);
}

#[test]
fn man_shows_a_page_with_its_examples_in_lines() {
    if !is_here("man") {
        return;
    }
    let (vault, _) = written();
    let output = Command::new("man")
        .arg("-l")
        .arg(vault.beside("man/man1/ties-log.1"))
        .env("LC_ALL", "C.UTF-8")
        .env("MANWIDTH", "100")
        .env("MAN_KEEP_FORMATTING", "")
        .env("PAGER", "cat")
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    for line in [
        "ties-log - Write down what happened with somebody",
        "       ties log ana,joao coffee in Alfama --on yesterday",
    ] {
        assert!(shown.lines().any(|shown| shown.trim_end().ends_with(line)), "{shown}");
    }
}
