//! Lines of a crontab between two marks, as crontab(5) has them. Everything outside the marks is the person's.

use crate::features::service::plan::{AGENDA, Plan};
use crate::features::service::seal::sealed;
use crate::text::shell::quoted;
use std::ops::Range;

/// The lines for `plan`, marks included, or why a crontab cannot hold them.
pub fn block(plan: &Plan) -> Result<String, String> {
    let command = command(plan)?;
    let (hour, minute) = plan.time();
    let text = format!(
        "{}
# Just after the day has begun, as the settings of the vault say; and when the machine starts, since cron does not make
# up for a time when it was off. The agenda is in agenda.md; the names in it have no business in a mail.
{minute} {hour} * * * {command} >/dev/null
@reboot {command} >/dev/null
",
        opening(&plan.name)
    );
    // The seal is the closing mark as well.
    Ok(sealed(&text, &closing(&plan.name), ""))
}

fn opening(name: &str) -> String {
    format!(
        "# >>> ties {name}: written by `ties service install`; `ties service uninstall` takes it away again"
    )
}

fn closing(name: &str) -> String {
    format!("# <<< ties {name}, ")
}

fn command(plan: &Plan) -> Result<String, String> {
    let variables =
        plan.environment.iter().map(|(name, value)| format!("{name}={}", quoted(value)));
    let words = [plan.program.as_str(), "--vault", &plan.vault];
    let words =
        words.into_iter().chain(AGENDA.iter().copied()).map(|word| quoted(word).into_owned());
    let command = variables.chain(words).collect::<Vec<_>>().join(" ");
    let texts = plan.environment.iter().map(|(_, value)| value).chain([&plan.program, &plan.vault]);
    // Some crons take one of two backslashes away, others do not.
    if let Some(odd) = texts.into_iter().find(|text| text.contains('\\')) {
        return Err(format!("cron cannot be told of a path with a backslash: {odd}"));
    }
    // A percent sign would be a line end.
    Ok(command.replace('%', "\\%"))
}

/// Where the block of `name` stands in `crontab`; up to the end where its closing mark is gone.
pub fn place(crontab: &str, name: &str) -> Option<Range<usize>> {
    let start = line_starting(crontab, &format!("# >>> ties {name}:"))?;
    let rest = crontab.get(start..)?;
    let Some(closing) = line_starting(rest, &closing(name)) else {
        return Some(start..crontab.len());
    };
    let end = rest.get(closing..)?.find('\n').map_or(rest.len(), |at| closing + at + 1);
    Some(start..start + end)
}

fn line_starting(text: &str, start: &str) -> Option<usize> {
    let at_start = text.starts_with(start).then_some(0);
    at_start.or_else(|| text.find(&format!("\n{start}")).map(|at| at + 1))
}

/// `crontab` with `block` where its block is, or at its end.
pub fn with_block(crontab: &str, name: &str, block: &str) -> String {
    match place(crontab, name) {
        Some(place) => replaced(crontab, &place, block),
        None if crontab.is_empty() || crontab.ends_with('\n') => format!("{crontab}{block}"),
        // A crontab must end with a line end.
        None => format!("{crontab}\n{block}"),
    }
}

/// `crontab` without the block of `name`.
pub fn without_block(crontab: &str, name: &str) -> String {
    match place(crontab, name) {
        Some(place) => replaced(crontab, &place, ""),
        None => crontab.to_owned(),
    }
}

fn replaced(crontab: &str, place: &Range<usize>, block: &str) -> String {
    let (before, after) = (crontab.get(..place.start), crontab.get(place.end..));
    format!("{}{block}{}", before.unwrap_or_default(), after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::features::service::cron::{block, place, with_block, without_block};
    use crate::features::service::plan::Plan;
    use crate::features::service::seal::is_untouched;
    use expect_test::expect;
    use proptest::prelude::*;

    fn plan(vault: &str) -> Plan {
        Plan::new(
            "/opt/my tools/ties".into(),
            vault.into(),
            vec![("HOME", "/home/ana".into())],
            245,
        )
        .unwrap()
    }

    #[test]
    fn lines_hold_odd_paths_in_their_quotes() {
        expect![[r#"
            # >>> ties 50-anas-7a275531: written by `ties service install`; `ties service uninstall` takes it away again
            # Just after the day has begun, as the settings of the vault say; and when the machine starts, since cron does not make
            # up for a time when it was off. The agenda is in agenda.md; the names in it have no business in a mail.
            5 4 * * * HOME=/home/ana '/opt/my tools/ties' --vault '/home/ana/50\% Ana'\''s' agenda >/dev/null
            @reboot HOME=/home/ana '/opt/my tools/ties' --vault '/home/ana/50\% Ana'\''s' agenda >/dev/null
            # <<< ties 50-anas-7a275531, ties service 137b90b46a2f88a64257bf6bba976ded
        "#]].assert_eq(&block(&plan("/home/ana/50% Ana's")).unwrap());
        assert!(block(&plan("/a\\b")).is_err());
    }

    #[test]
    fn a_changed_block_is_seen() {
        let plan = plan("/v");
        let crontab = with_block("0 1 * * * x\n", &plan.name, &block(&plan).unwrap());
        let untouched = |crontab: &str| is_untouched(&crontab[place(crontab, &plan.name).unwrap()]);
        assert!(untouched(&crontab));
        assert!(!untouched(&crontab.replace("5 4 *", "5 5 *")));
        assert!(!untouched(&crontab[..crontab.len() - 10]));
    }

    proptest! {
        #[test]
        fn every_other_line_stays_byte_for_byte(lines in prop::collection::vec("[ -~é#<>]{0,12}", 0..6)) {
            let others = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            let (one, two) = (plan("/one"), plan("/two"));
            let with_one = with_block(&others, &one.name, &block(&one).unwrap());
            let with_both = with_block(&with_one, &two.name, &block(&two).unwrap());
            prop_assert_eq!(&with_block(&with_both, &one.name, &block(&one).unwrap()), &with_both);
            prop_assert_eq!(&without_block(&with_both, &two.name), &with_one);
            let without_one = without_block(&with_both, &one.name);
            prop_assert_eq!(without_block(&without_one, &two.name), others);
        }
    }
}
