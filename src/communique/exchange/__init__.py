"""Other people's event tables in, ours out: ICEWS, GDELT, POLECAT, Phoenix, ACLED, and knowledge-graph quadruples."""

from communique.exchange.foreign import ImportedEvent, ImportTally, Reason, Refused
from communique.exchange.jsonld import write_jsonld
from communique.exchange.layouts import FORMATS
from communique.exchange.read import read_foreign
from communique.exchange.tables_out import write_gdelt, write_icews, write_polecat
from communique.exchange.telling import ExportTally, LeftOut

__all__ = [
    "FORMATS",
    "ExportTally",
    "ImportTally",
    "ImportedEvent",
    "LeftOut",
    "Reason",
    "Refused",
    "read_foreign",
    "write_gdelt",
    "write_icews",
    "write_jsonld",
    "write_polecat",
]
