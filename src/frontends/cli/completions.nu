# Completions of ties for nushell; other commands are completed as before.
let ties_completes_others = $env.config?.completions?.external?.completer?
$env.config.completions.external.enable = true
$env.config.completions.external.completer = {|spans: list<string>|
    if ($spans | first) == "ties" {
        let reply = (with-env { TIES_COMPLETE: "nushell" } { ^ties -- ...$spans } | complete)
        if ($reply.stdout | is-empty) { [] } else { $reply.stdout | from json }
    } else if $ties_completes_others != null {
        do $ties_completes_others $spans
    }
}
