#!/bin/sh
# Runs fuzz targets on a stable toolchain: fuzz/run.sh SECONDS [TARGET...]. Findings go to fuzz/artifacts/TARGET.
set -e
cd "$(dirname "$0")"
seconds=${1:?how many seconds for each target}
shift
targets=${*:-$(ls fuzz_targets | sed 's/\.rs$//' | grep -vx reader)}
# what cargo-fuzz sets, without a sanitizer: the crates have no unsafe code
export RUSTC_BOOTSTRAP=1
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 -Ccodegen-units=1"
host=$(rustc -vV | sed -n 's/^host: //p')
cargo build --release --target "$host"
for t in $targets; do
    mkdir -p "corpus/$t" "artifacts/$t"
    echo "== $t"
    "target/$host/release/$t" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2048 -artifact_prefix="artifacts/$t/" "corpus/$t" 2>&1 | tail -3
done
