"""communique: news reports on international affairs, kept as coded events with their evidence.

>>> import communique
>>> [event.type for event in communique.read("Panama recalled its ambassador from Cuba on Monday.")]
['SANCTION']
"""

from communique.actors.resolver import Actor, resolve
from communique.errors import CommuniqueError, InputError, KnowledgeError, UsageError
from communique.pipeline import act_type, make_report, read, read_many
from communique.records import Event, Report, Status

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "CommuniqueError",
    "Event",
    "InputError",
    "KnowledgeError",
    "Report",
    "Status",
    "UsageError",
    "act_type",
    "make_report",
    "read",
    "read_many",
    "resolve",
]
