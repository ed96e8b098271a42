"""The shipped encoder: marked sentences in, probabilities of types and statuses out.

The weights are MiniLM-L6 (Apache-2.0) fine-tuned by `training/`, as an int8 ONNX graph; its card,
`data/card.json`, says on what. Sentences go through one by one: int8 scales its activations by the
whole batch, and an event must not hang on its neighbours in a batch.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy
from tokenizers import Tokenizer

# From 1.29 on onnxruntime reports usage on Linux unless this is set before its first import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

DATA = Path(__file__).parent / "data"
MARKS = {"<s>": " [unused1] ", "</s>": " [unused2] ", "<t>": " [unused3] ", "</t>": " [unused4] "}
# What leads a sentence: by whose book it is coded. In PLOVER's own data a promise to give way is AGREE, and
# there is no NONE; our codebook calls it CONCEDE.
CONVENTIONS = {"codebook": "[unused5] ", "plover": "[unused6] "}
# Tokens the encoder reads of a sentence; training cuts at the same length.
LONGEST = 112
NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the encoder makes of one marked sentence: probabilities by name, each set summing to 1."""

    types: dict[str, float]
    statuses: dict[str, float]

    @property
    def likeliest(self) -> str:
        """The type (or NONE: no act joins the marked two) of the highest probability."""
        return max(self.types, key=lambda name: (self.types[name], name))


class TypeModel:
    """An encoder with its tokenizer, kept loaded."""

    def __init__(self, folder: Path = DATA) -> None:
        self.card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def judge(self, sentence: str, convention: str = "codebook") -> Judgement:
        """Judge one marked sentence by a convention of CONVENTIONS."""
        sentence = CONVENTIONS[convention] + sentence
        for mark, token in MARKS.items():
            sentence = sentence.replace(mark, token)
        ids = numpy.array([self.tokenizer.encode(sentence).ids], dtype=numpy.int64)
        types, statuses = self.session.run(["types", "statuses"], {"ids": ids})
        return Judgement(_named(types[0], self.card["types"]), _named(statuses[0], self.card["statuses"]))


def _named(scores: numpy.ndarray, names: list[str]) -> dict[str, float]:
    """Softmax, rounded so that the last bits of another machine's arithmetic do not show."""
    weights = numpy.exp(scores.astype(numpy.float64) - scores.max())
    return {name: round(float(value), 5) for name, value in zip(names, weights / weights.sum(), strict=True)}


@cache
def type_model() -> TypeModel:
    """The shipped model, loaded at first use."""
    return TypeModel()
