"""Everything that can go wrong, as one small tree.

    CommuniqueError             exit 1   HTTP 500
    ├── InputError              exit 2   HTTP 422   a report, row or file that cannot be read
    │   ├── MissingInput        exit 2   HTTP 404   no such file or folder
    │   └── UnreadableInput     exit 2   HTTP 422   junk, an unknown format, a broken row
    ├── UsageError              exit 2   HTTP 400   a wrong argument: a date, a column, a type
    │   └── MissingLibrary      exit 2   HTTP 501   what was asked for needs an extra that is not installed
    ├── KnowledgeError          exit 3   HTTP 500   a data file of ours that breaks its own rules
    ├── CasebookError           exit 4   HTTP 409   a casebook that cannot be opened or written: in use, newer, damaged
    └── WorkerLost              exit 1   HTTP 500   a worker process or a cluster that ended before its work

Each message names the file, the line or field, and the mend. Other libraries' errors are
translated into these where they are first met; nothing else leaves the package on purpose.
"""

from __future__ import annotations


class CommuniqueError(Exception):
    """The root: catch this to catch every error that communique raises on purpose."""

    exit_code = 1
    http_status = 500


class InputError(CommuniqueError):
    """A report, row or file that cannot be read as one."""

    exit_code = 2
    http_status = 422


class MissingInput(InputError):
    """There is no such file or folder."""

    http_status = 404


class UnreadableInput(InputError):
    """The file or row is there, but is no report in a format we read."""


class UsageError(CommuniqueError):
    """An argument that means nothing here: a date, a column, a format, a type."""

    exit_code = 2
    http_status = 400


class MissingLibrary(UsageError):
    """What was asked for needs a library of an extra, which is not installed."""

    http_status = 501


class KnowledgeError(CommuniqueError):
    """A data file of the package (actors, ontology, rules) that breaks its own rules."""

    exit_code = 3


class CasebookError(CommuniqueError):
    """A casebook that cannot be opened or written: in use elsewhere, read-only, of a newer version, damaged."""

    exit_code = 4
    http_status = 409


class WorkerLost(CommuniqueError):
    """A worker process, or a cluster, that ended before its work was done."""
