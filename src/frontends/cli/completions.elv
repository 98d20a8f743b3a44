# Completions of ties for elvish.
use str
set edit:completion:arg-completer[ties] = {|@words|
    env TIES_COMPLETE=elvish ties -- $@words 2>/dev/null | from-lines | each {|reply|
        var parts = [(str:split &max=2 "\t" $reply)]
        if (== 2 (count $parts)) {
            edit:complex-candidate $parts[0] &display=$parts[0]"  "$parts[1]
        } else {
            put $reply
        }
    }
}
