#compdef ties
# Completions of ties for zsh.
_ties() {
    local -a replies values shown open open_shown
    local reply value about same=1
    replies=("${(@f)$(TIES_COMPLETE=zsh command ties -- "${(@Q)words[1,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
    for reply in "${replies[@]}"; do
        value="${reply%%$'\t'*}"
        [[ -n $value ]] || continue
        about="${reply#*$'\t'}"
        [[ $about == "$reply" ]] && about="" || about="  -- $about"
        [[ $value == "${(Q)PREFIX}"* ]] || same=0
        if [[ $value == *[=/:] ]]; then
            open+=("$value") open_shown+=("$value$about")
        else
            values+=("$value") shown+=("$value$about")
        fi
    done
    # What is offered may be spelled otherwise than what was typed (`joao`, João), so zsh must not compare them, and
    # where several are it must not fall back to the letters that they share.
    (( same )) || compstate[insert]=menu
    [[ -n $values ]] && compadd -U -V ties -l -d shown -a values
    [[ -n $open ]] && compadd -U -V ties -l -S '' -d open_shown -a open
    return 0
}
if [[ $funcstack[1] == _ties ]]; then
    _ties "$@"
else
    compdef _ties ties
fi
