#!/bin/sh
# Runs fuzz targets: fuzz/run.sh SECONDS [TARGET...]. What they find is kept in fuzz/artifacts/TARGET; exit code 1 when there is any.
cd "$(dirname "$0")" || exit 2
seconds=${1:?how many seconds for each target}
shift
targets=${*:-$(cargo +nightly fuzz list)}
# no sanitizer: the crates have no unsafe code of their own but one mapped file, and run several times as fast without
cargo +nightly fuzz build -O -s none || exit 2
host=$(rustc -vV | sed -n 's/^host: //p')
# ledgers are files: in memory they are opened a hundred times as often
[ -d /dev/shm ] && export TMPDIR=/dev/shm
found=0
for t in $targets; do
    mkdir -p "corpus/$t" "artifacts/$t"
    echo "== $t"
    seeds=
    [ -d "seeds/$t" ] && seeds="seeds/$t"
    "target/$host/release/$t" -max_total_time="$seconds" -max_len=16384 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="artifacts/$t/" "corpus/$t" $seeds >"artifacts/$t.log" 2>&1 || { found=1 && echo "   found something:"; }
    grep -E 'panicked|SUMMARY|number_of_executed_units|new_units_added' "artifacts/$t.log"
done
exit $found
