#!/usr/bin/env python3
"""Main text of the test pages: this reader beside trafilatura, in one run on one machine.

usage: compare-trafilatura.py DIR

DIR is what `cargo run --release -p tawatur-reader --example pages -- write DIR` made. trafilatura is needed for the
comparison only: install it into a throwaway environment (python3 -m venv v; v/bin/pip install trafilatura lxml_html_clean) and run this
with its interpreter.
"""
import collections, pathlib, re, subprocess, sys, time

import trafilatura


def tokens(text):
    return collections.Counter(re.findall(r'\w+', text))


def f1(got, expected):
    a, b = tokens(got), tokens(expected)
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def main():
    directory = pathlib.Path(sys.argv[1])
    pages = sorted(directory.glob('*.html'))
    run = ['cargo', 'run', '-q', '--release', '-p', 'tawatur-reader', '--example', 'pages', '--', 'time', str(directory)]
    ours = float(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    texts = [p.read_text() for p in pages]
    trafilatura.extract(texts[0])
    start = time.perf_counter()
    theirs = [trafilatura.extract(t, include_comments=False) or '' for t in texts]
    seconds = time.perf_counter() - start
    rows = {'this reader': ([p.with_suffix('.ours').read_text() for p in pages], ours), 'trafilatura ' + trafilatura.__version__: (theirs, seconds)}
    for name, (got, took) in rows.items():
        expected = [p.with_suffix('.txt').read_text() for p in pages]
        lost = sum(line not in text for text, e in zip(got, expected) for line in e.split('\n'))
        mean = sum(map(f1, got, expected)) / len(pages)
        print(f'{name:<22} F1 {mean:.3f}  lost paragraphs {lost:>3}  {took * 1000 / len(pages):.3f} ms a page')
    print(f'{seconds / ours:.0f} times as fast')


if __name__ == '__main__':
    main()
