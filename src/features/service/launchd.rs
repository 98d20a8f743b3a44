//! Agents of launchd: property lists as launchd.plist(5) has them.

use crate::features::service::plan::{AGENDA, Part, Plan, WATCH};
use crate::features::service::seal::sealed;
use std::fmt::Write;

/// The agents of `plan`.
pub fn agents(plan: &Plan) -> Vec<Part> {
    let (hour, minute) = plan.time();
    let watch = "\t<!-- With the session, and after a crash again; a clean stop stays a stop. -->
\t<key>RunAtLoad</key>
\t<true/>
\t<key>KeepAlive</key>
\t<dict>
\t\t<key>SuccessfulExit</key>
\t\t<false/>
\t</dict>
";
    let agenda = format!(
        "\t<!-- Just after the day has begun, as the settings say; also at login, since a machine that was off then
\t     would miss it. -->
\t<key>StartCalendarInterval</key>
\t<dict>
\t\t<key>Hour</key>
\t\t<integer>{hour}</integer>
\t\t<key>Minute</key>
\t\t<integer>{minute}</integer>
\t</dict>
\t<key>RunAtLoad</key>
\t<true/>
"
    );
    vec![part(plan, "watch", WATCH, watch), part(plan, "agenda", AGENDA, &agenda)]
}

/// The label of an agent, by the name of its file.
pub fn label(file_name: &str) -> &str {
    file_name.strip_suffix(".plist").unwrap_or(file_name)
}

fn part(plan: &Plan, what: &str, arguments: &[&str], when: &str) -> Part {
    let name = format!("ties.{what}.{}", plan.name);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">
<!-- Written by `ties service install`; `ties service uninstall` takes it away again. -->
<plist version=\"1.0\">
<dict>
\t<key>Label</key>
\t<string>{name}</string>
\t<key>ProgramArguments</key>
\t<array>
"
    );
    for word in [plan.program.as_str(), "--vault", &plan.vault].iter().chain(arguments) {
        let _ = writeln!(text, "\t\t<string>{}</string>", escaped(word));
    }
    text += "\t</array>
\t<!-- Where configuration, state and cache are; a service must not guess. -->
\t<key>EnvironmentVariables</key>
\t<dict>
";
    for (name, value) in &plan.environment {
        let _ = writeln!(text, "\t\t<key>{name}</key>\n\t\t<string>{}</string>", escaped(value));
    }
    text += "\t</dict>\n";
    text += when;
    text += "\t<!-- Whatever else the machine does comes first. -->
\t<key>ProcessType</key>
\t<string>Background</string>
\t<!-- The agenda is in agenda.md; the names in it have no business in a log of the system. -->
\t<key>StandardOutPath</key>
\t<string>/dev/null</string>
</dict>
</plist>
";
    Part { name: format!("{name}.plist"), text: sealed(&text, "<!-- ", " -->") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use crate::features::service::launchd::{agents, label};
    use crate::features::service::plan::Plan;
    use expect_test::expect;

    #[test]
    fn agents_hold_odd_paths() {
        let plan = Plan::new(
            "/usr/local/bin/ties".into(),
            "/Users/ana/a <b> & \"c\"".into(),
            vec![("HOME", "/Users/ana".into())],
            245,
        );
        let agents = agents(&plan.unwrap());
        assert_eq!(label(&agents[0].name).rsplit_once('-').unwrap().0, "ties.watch.a-b-c");
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <!-- Written by `ties service install`; `ties service uninstall` takes it away again. -->
            <plist version="1.0">
            <dict>
            	<key>Label</key>
            	<string>ties.agenda.a-b-c-ddfb39f7</string>
            	<key>ProgramArguments</key>
            	<array>
            		<string>/usr/local/bin/ties</string>
            		<string>--vault</string>
            		<string>/Users/ana/a &lt;b&gt; &amp; "c"</string>
            		<string>agenda</string>
            	</array>
            	<!-- Where configuration, state and cache are; a service must not guess. -->
            	<key>EnvironmentVariables</key>
            	<dict>
            		<key>HOME</key>
            		<string>/Users/ana</string>
            	</dict>
            	<!-- Just after the day has begun, as the settings say; also at login, since a machine that was off then
            	     would miss it. -->
            	<key>StartCalendarInterval</key>
            	<dict>
            		<key>Hour</key>
            		<integer>4</integer>
            		<key>Minute</key>
            		<integer>5</integer>
            	</dict>
            	<key>RunAtLoad</key>
            	<true/>
            	<!-- Whatever else the machine does comes first. -->
            	<key>ProcessType</key>
            	<string>Background</string>
            	<!-- The agenda is in agenda.md; the names in it have no business in a log of the system. -->
            	<key>StandardOutPath</key>
            	<string>/dev/null</string>
            </dict>
            </plist>
            <!-- ties service b5fa624d67e5a0cb80d9f6b10e24fa54 -->
        "#]].assert_eq(&agents[1].text);
    }
}
