"""Which traces of the past go with which sequel, learned day by day: a linear model beside the rules.

A rule counts how often a sequel came after a relation, whatever else there was. Here all traces of a pair are weighed
against one another and against the other candidates of the same question: weights for (asked relation, trace) and for
(asked relation, candidate), by logistic regression with stochastic gradient descent, one pass, in the order of days.
Each day is scored with what the days before it taught, so that the score may itself be learned from.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import SGDClassifier

from communique.errors import UsageError
from communique.outlook.ranking.facts import Facts, Floats
from communique.outlook.ranking.ledger import BURST, FAST, SLOW, Ledger
from communique.outlook.ranking.rows import CandidateRows

STEP = 0.01
"""How far a single row moves the weights."""
_TRACE_RATES = (SLOW, FAST, BURST)
_TRACE_FROM = 0.02
"""Faded counts below this leave no trace."""


class Associations:
    """The weights, as learned up to some morning."""

    def __init__(self, facts: Facts, step: float = STEP) -> None:
        self._model = SGDClassifier(
            loss="log_loss", alpha=1e-7, learning_rate="constant", eta0=step, fit_intercept=False, shuffle=False
        )
        self._known = False
        self._relations = facts.directed_relations
        self._entities = facts.entities

    def scores(self, questions: CandidateRows) -> Floats:
        """Give the log-odds of each row; zero before anything was learned."""
        if not self._known:
            return np.zeros(len(questions.candidate), dtype=np.float32)
        return np.asarray(self._traces(questions) @ self._model.coef_[0], dtype=np.float32)

    def observe(self, questions: CandidateRows, came: NDArray[np.bool_]) -> None:
        """Learn from a morning's rows and which of them came true."""
        if len(came):
            self._model.partial_fit(self._traces(questions), came.astype(np.int64), classes=[0, 1])
            self._known = True

    @property
    def weights(self) -> NDArray[np.float64]:
        """Give all weights in one row: traces at each rate, candidates by relation, relations; empty at first."""
        return np.asarray(self._model.coef_[0]) if self._known else np.zeros(0)

    def set_weights(self, weights: NDArray[np.float64]) -> None:
        """Take over what `weights` gave; UsageError where they were learned of other numbers of actors or relations."""
        if not len(weights):
            return
        if len(weights) != self._relations * (len(_TRACE_RATES) * self._relations + self._entities + 2):
            raise UsageError("the associations were learned with other actors or relations; learn them anew")
        self._model.coef_, self._model.classes_ = weights[None, :], np.array([0, 1])
        self._model.intercept_ = np.zeros(1)
        self._known = True

    def _traces(self, questions: CandidateRows) -> sparse.csr_matrix:
        ledger, relations = questions.ledger, self._relations
        parts = [self._of_pair(questions, ledger, rate) for rate in _TRACE_RATES]
        rows = np.arange(len(questions.candidate))
        once = np.ones(len(rows), dtype=np.float32)
        deed = questions.relation * self._entities + questions.candidate
        parts.append(sparse.csr_matrix((once, (rows, deed)), shape=(len(rows), relations * self._entities)))
        # Who was never seen in the relation shares one weight. Seen, not known: which keys there will be must not show.
        unseen = ledger.counts["relation_other"].last[questions.deed] < 0
        asked = questions.relation + np.where(unseen, relations, 0)
        parts.append(sparse.csr_matrix((once, (rows, asked)), shape=(len(rows), 2 * relations)))
        return sparse.csr_matrix(sparse.hstack(parts, format="csr"))

    def _of_pair(self, questions: CandidateRows, ledger: Ledger, rate: int) -> sparse.csr_matrix:
        """Give the traces of each row's pair, each in the column of (asked relation, trace)."""
        traces = ledger.relations_of_pairs(rate)
        nothing = sparse.csr_matrix((1, traces.shape[1]), dtype=np.float32)
        of_rows = sparse.vstack([traces, nothing], format="csr")[questions.pair]
        of_rows.data[of_rows.data < _TRACE_FROM] = 0
        of_rows.eliminate_zeros()
        asked = np.repeat(questions.relation, np.diff(of_rows.indptr))
        column = asked * self._relations + of_rows.indices
        return sparse.csr_matrix(
            (np.log1p(3 * of_rows.data), column, of_rows.indptr), shape=(of_rows.shape[0], self._relations**2)
        )
