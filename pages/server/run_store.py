"""The run store: finished runs, shared by all visitors, as a class starts from one link. It knows no Streamlit.

A quick run is trained on request; once pages have to wait for each other, in the worker process, while others go first.
"""

from collections import OrderedDict
from concurrent.futures import Future
from threading import Lock

from engine import Experiment, History, record
from engine.training.worker_process import WorkerProcess
from pages.server.page_lock import PAGE_LOCK, PageLock

QUICK_SECONDS = 0.5
MOST_RUNS = 24
WORKER_TIMEOUT = 20.0
"""Seconds to wait for the worker process, ten times what it accepts in its queue."""


def is_quick(experiment: Experiment) -> bool:
    """Whether training is predicted to finish before anyone notices a wait."""
    return experiment.predicted_seconds < QUICK_SECONDS


class RunStore:
    """The finished runs requested last, by experiment (LRU), and the choice of process that trains a missing one.

    The worker process starts when pages first have to wait for each other, which one visitor's pages hardly do. It
    keeps nothing between runs.
    """

    def __init__(self, page_lock: PageLock, worker: WorkerProcess) -> None:
        self.page_lock, self.worker = page_lock, worker
        self._runs: OrderedDict[Experiment, History] = OrderedDict()
        self._submitted: dict[Experiment, Future[History | None]] = {}  # jobs of the worker process
        self._lock = Lock()
        self.trained = 0  # trainings since the server was started, each counted once, however many waited for it

    def get(self, experiment: Experiment) -> History | None:
        """The run of an experiment, or None if it is not kept."""
        with self._lock:
            if experiment in self._runs:
                self._runs.move_to_end(experiment)
            return self._runs.get(experiment)

    def add(self, history: History) -> History:
        """Keep a run that was trained outside the store; returns the one kept of its experiment."""
        with self._lock:
            self.trained += 1
            return self._keep(history)

    def get_or_train(self, experiment: Experiment) -> History:
        """The run of an experiment, trained in this process if it is not kept."""
        return self.get(experiment) or self.add(record(experiment))

    def quick_run(self, experiment: Experiment) -> History | None:
        """The run of an experiment, trained if that is quick; otherwise None, unless it is kept.

        Called within a page. From the moment that pages first wait for each other, the worker process trains it.
        """
        if (kept := self.get(experiment)) or not is_quick(experiment):
            return kept
        use_worker = self.page_lock.is_contended or self.worker.is_running
        return (use_worker and self._run_of_worker(experiment)) or self.get_or_train(experiment)

    def _run_of_worker(self, experiment: Experiment) -> History | None:
        """The run from the worker process, trained once for all who ask; None if it refuses the job, or has died."""
        with self._lock:
            if kept := self._runs.get(experiment):
                return kept  # finished since this page asked
            job = self._submitted.get(experiment) or self.worker.submit(experiment)
            if job is None:
                return None
            self.trained += experiment not in self._submitted
            self._submitted[experiment] = job
        with self.page_lock.lend():
            try:
                history = job.result(WORKER_TIMEOUT)
            except TimeoutError:
                self.worker.shut_down()
                history = None
        with self._lock:
            self._submitted.pop(experiment, None)
            return history and self._keep(history)

    def _keep(self, history: History) -> History:
        """Keep a run; returns the one kept of its experiment. The caller holds the lock."""
        kept = self._runs.setdefault(history.experiment, history)
        while len(self._runs) > MOST_RUNS:
            self._runs.popitem(last=False)
        return kept

    def clear(self) -> None:
        """Forget every run."""
        with self._lock:
            self._runs.clear()


RUNS = RunStore(PAGE_LOCK, WorkerProcess())
"""The run store of this server."""
