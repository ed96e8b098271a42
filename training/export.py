"""A trained encoder → the ONNX graph that ships, its weights as int8."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from encoder import STATUSES, TYPES, Encoder, tokenizer


class _Shipped(nn.Module):
    """One sentence in, no padding, the marks' own table folded into the word table."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        with torch.no_grad():
            for place in encoder.mark_ids:
                encoder.bert.embeddings.word_embeddings.weight[place] += encoder.marks.weight[place]
            encoder.marks.weight.zero_()

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        encoder, bert = self.encoder, self.encoder.bert
        states = bert.embeddings(input_ids=ids)
        for layer in bert.encoder.layer:
            states = layer(states)
            states = states[0] if isinstance(states, tuple) else states
        pooled = [states.mean(1)]
        for opening in (encoder.mark_ids[0], encoder.mark_ids[2]):
            at = (ids == opening).float()
            pooled.append((states * at[..., None]).sum(1) / at.sum(1, keepdim=True).clamp(min=1))
        features = torch.cat(pooled, -1)
        return encoder.types(features), encoder.statuses(features)


def export(encoder: Encoder, folder: Path, card: dict[str, Any]) -> Path:
    """Write encoder.onnx, tokenizer.json and card.json to `folder`; gives the path of the graph."""
    encoder.eval()
    folder.mkdir(parents=True, exist_ok=True)
    whole, graph = folder / "whole.onnx", folder / "encoder.onnx"
    torch.onnx.export(
        _Shipped(encoder).eval(),
        (torch.tensor([[101, encoder.mark_ids[0], 2000, encoder.mark_ids[1], 2001, 102]]),),
        str(whole),
        input_names=["ids"],
        output_names=["types", "statuses"],
        dynamic_axes={"ids": {1: "length"}},
        opset_version=17,
        dynamo=False,
    )
    # reduce_range keeps sums inside 16 bits, so that every processor comes to the same integers.
    quantize_dynamic(str(whole), str(graph), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()
    onnx.checker.check_model(str(graph))
    words = tokenizer()
    words.no_truncation()
    words.save(str(folder / "tokenizer.json"))
    described = {**card, "types": list(TYPES), "statuses": list(STATUSES)}
    (folder / "card.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
    return graph
