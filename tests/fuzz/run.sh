#!/bin/sh
# Runs every fuzz target (or those named) for so many seconds, 60 by default, and tells how many inputs were tried.
#
#     tests/fuzz/run.sh [SECONDS] [TARGET…]
#
# Needs a nightly toolchain (`rustup toolchain install nightly`) and `cargo install cargo-fuzz`. What was learned
# stays in tests/fuzz/corpus, inputs that failed in tests/fuzz/artifacts; neither is part of the repository. The exit
# code is 1 where an input failed.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- front_matter_read key_edit markdown_read body_edit dates_and_cadences decode_note agenda_keep

# Our code has no unsafe blocks, so the address sanitizer would find little and cost most of the time.
[ -n "${BUILT-}" ] || "${CARGO:-cargo}" +nightly fuzz build --fuzz-dir . --sanitizer none >&2
host=$(rustc +nightly -vV | sed -n 's/^host: //p')
village=../../example-vault

# The notes of the example vault and, in seeds/, instructions and oddities to begin with.
seed() {
    mkdir -p "corpus/$1" "artifacts/$1"
    for file in seeds/"$1"/*; do
        [ -f "$file" ] && cp "$file" "corpus/$1/"
    done
    find "$village" -name '*.md' | sort | while read -r note; do
        name=$(basename "$note" .md)
        case $1 in
        front_matter_read | markdown_read) cp "$note" "corpus/$1/$name" ;;
        decode_note) { printf '\036' && cat "$note"; } >"corpus/$1/$name" ;;
        key_edit) { printf 't\tnext,next_action\tAsk: how was it?\n' && cat "$note"; } >"corpus/$1/$name" ;;
        body_edit) { printf 'e\tLog\t2026-11-21\t2026-11-21 call: hello\n' && cat "$note"; } >"corpus/$1/$name" ;;
        esac
    done
}

failed=0
for target in "$@"; do
    seed "$target"
    log="artifacts/$target.log"
    # Text is slow to grow by chance: inputs may be as long as real notes from the start.
    case $target in dates_and_cadences) longest=48 ;; *) longest=8192 ;; esac
    "target/$host/release/$target" "corpus/$target" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 \
        -max_len=$longest -len_control=0 -dict=note.dict -artifact_prefix="artifacts/$target/" -print_final_stats=1 \
        >"$log" 2>&1 || failed=1
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    slowest=$(sed -n 's/^stat::slowest_unit_time_sec: *//p' "$log")
    crash=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
    echo "$target: ${runs:-?} inputs in $seconds s, slowest ${slowest:-?} s${crash:+, FAILED on tests/fuzz/$crash}"
done
exit $failed
