# Completions of ties for bash.
_ties() {
    local line="${COMP_LINE:0:COMP_POINT}" reply
    COMPREPLY=()
    while IFS= read -r reply; do
        COMPREPLY+=("$reply")
    done < <(TIES_COMPLETE=bash command ties -- "$line" "$2" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o nosort -F _ties ties 2>/dev/null || complete -F _ties ties
