"""The runs that all visitors share: in a classroom everybody starts from the same link. It knows no Streamlit.

A quick run is trained when it is asked for. Where pages wait for each other it is trained in a second process, while
the others go first.
"""

from collections import OrderedDict
from concurrent.futures import Future
from threading import Lock

from engine import Experiment, History, record
from engine.training.worker_process import WorkerProcess
from pages.server.page_lock import PAGE_LOCK, PageLock

QUICK_SECONDS = 0.5
MOST_RUNS = 24
WORKER_PATIENCE = 20.0
"""Seconds to wait for the second process: what it takes on is done in a tenth of them."""


def is_quick(experiment: Experiment) -> bool:
    """Whether training is predicted to be over before anyone would wait for it."""
    return experiment.predicted_seconds < QUICK_SECONDS


class RunStore:
    """The finished runs that were asked for last, by their experiment, and the rule who trains one that is not there.

    The second process is started when pages first wait for each other, which those of one person hardly do. It keeps
    nothing of anyone's.
    """

    def __init__(self, page_lock: PageLock, worker: WorkerProcess) -> None:
        self.page_lock, self.worker = page_lock, worker
        self._runs: OrderedDict[Experiment, History] = OrderedDict()
        self._submitted: dict[Experiment, Future[History | None]] = {}  # what the second process has yet to give back
        self._lock = Lock()
        self.trained = 0  # trainings since the server was started, one for each, whoever waited for it

    def get(self, experiment: Experiment) -> History | None:
        """The run of an experiment, if it is kept."""
        with self._lock:
            if experiment in self._runs:
                self._runs.move_to_end(experiment)
            return self._runs.get(experiment)

    def add(self, history: History) -> History:
        """Keep a run that was trained outside the store; gives the one that is kept of its experiment."""
        with self._lock:
            self.trained += 1
            return self._keep(history)

    def get_or_train(self, experiment: Experiment) -> History:
        """The run of an experiment, trained here and now if it is not kept."""
        return self.get(experiment) or self.add(record(experiment))

    def quick_run(self, experiment: Experiment) -> History | None:
        """The run of an experiment, trained first if that is quick; None where it is not.

        Called within a page. While pages wait for each other, or once they did, the second process trains it.
        """
        if (kept := self.get(experiment)) or not is_quick(experiment):
            return kept
        elsewhere = self.page_lock.is_contended or self.worker.is_running
        return (elsewhere and self._run_of_worker(experiment)) or self.get_or_train(experiment)

    def _run_of_worker(self, experiment: Experiment) -> History | None:
        """The run as the second process trains it, once for all who ask; None where it takes none on, or has died."""
        with self._lock:
            if kept := self._runs.get(experiment):
                return kept  # since this page asked
            submitted = self._submitted.get(experiment) or self.worker.submit(experiment)
            if submitted is None:
                return None
            self.trained += experiment not in self._submitted
            self._submitted[experiment] = submitted
        with self.page_lock.lend():
            try:
                history = submitted.result(WORKER_PATIENCE)
            except TimeoutError:
                self.worker.shut_down()
                history = None
        with self._lock:
            self._submitted.pop(experiment, None)
            return history and self._keep(history)

    def _keep(self, history: History) -> History:
        """Keep a run, under the lock; gives the one that is kept of its experiment."""
        kept = self._runs.setdefault(history.experiment, history)
        while len(self._runs) > MOST_RUNS:
            self._runs.popitem(last=False)
        return kept

    def clear(self) -> None:
        """Forget all runs."""
        with self._lock:
            self._runs.clear()


RUNS = RunStore(PAGE_LOCK, WorkerProcess())
"""The runs of this server."""
