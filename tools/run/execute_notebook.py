"""Executes one notebook with nbconvert on its kernel and writes the executed notebook and its page.

Each step is told on standard output, one JSON object a line: `started`, `restarted`, `cell`, `executed` and, last, `finished`, whose
`status` is "ok", "error" (a cell failed), "timeout", "died" (the kernel ended by itself) or "interrupted". An executed
notebook is written whatever the status, so that what failed can be looked at. The parent holds standard input open: when
it closes, the parent is gone and the kernel is stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.preprocessors import ExecutePreprocessor

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
from notebook_page import ANSI, write_atomically, write_page  # noqa: E402

# Ten seconds for what the cells left running to finish, or to fail.
CLOSING_CHECK = 'await Reflect.get(globalThis, Symbol.for("fathom.kernel")).settled(10)'


def tell(event: str, **fields: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


def is_run(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip())


class NotebookRun(ExecutePreprocessor):
    """nbconvert's own preprocessor under one deadline for the whole notebook, telling each cell."""

    def __init__(self, seconds: float, **options: object) -> None:
        super().__init__(**options)
        self.deadline = time.monotonic() + seconds if seconds > 0 else None
        self.current: int | None = None
        self.order: dict[int, int] = {}
        self.trace = ""
        self.on_cell_error = self.keep_trace

    def keep_trace(self, execute_reply, **_rest: object) -> None:
        self.trace = ANSI.sub("", "\n".join(execute_reply["content"].get("traceback", [])))

    def preprocess(self, nb, resources=None, km=None):
        self.order = {id(cell): place for place, cell in enumerate(filter(is_run, nb.cells), start=1)}
        tell("started", cells=len(self.order))
        return super().preprocess(nb, resources, km)

    def start_new_kernel_client(self):
        """A kernel that ends before its first answer is started once more, as JupyterLab does: a port may have been taken since."""
        try:
            return super().start_new_kernel_client()
        except RuntimeError as error:
            if "died before" not in str(error):
                raise
            tell("restarted")
            self.km = self.create_kernel_manager()
            self.start_new_kernel()
            return super().start_new_kernel_client()

    def preprocess_cell(self, cell, resources, index):
        place = self.order.get(id(cell))
        if place is not None:
            self.current = place
            tell("cell", cell=place)
        cell, resources = super().preprocess_cell(cell, resources, index)
        if place is not None and place == len(self.order):
            self.check_closing(index)
        if place is not None:
            tell("executed", cell=place)
        return cell, resources

    def check_closing(self, index: int) -> None:
        """Asks the kernel whether something failed or is still pending after the last cell."""
        closing = nbformat.v4.new_code_cell(CLOSING_CHECK)
        self.nb.cells.append(closing)
        try:
            self.execute_cell(closing, len(self.nb.cells) - 1, store_history=False)
        finally:
            # What it said, an error above all, belongs to the notebook; the check itself does not.
            self.nb.cells.pop()
            self.nb.cells[index].outputs.extend(closing.outputs)

    def remaining(self, _cell: nbformat.NotebookNode | None) -> float | None:
        # nbclient reads 0 as "no limit".
        return None if self.deadline is None else max(0.001, self.deadline - time.monotonic())


def read(notebook: Path) -> nbformat.NotebookNode:
    """The notebook. Raises ValueError, with the line, for a file that holds none."""
    text = notebook.read_text(encoding="utf-8")
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"the file is not JSON: {error}") from None
    try:
        return nbformat.reads(text, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"the file is JSON, but no notebook: {error}") from None


def stop_when_parent_is_gone() -> None:
    def wait() -> None:
        # The descriptor itself: Python cannot shut down while a thread holds sys.stdin.
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def execute(
    nb: nbformat.NotebookNode, folder: Path, timeout: float, timing: bool, go_on: bool
) -> dict[str, object]:
    run = NotebookRun(timeout, record_timing=timing, raise_on_iopub_timeout=True, iopub_timeout=60, startup_timeout=120)
    run.allow_errors = go_on
    run.timeout_func = run.remaining
    run.log.disabled = True

    def interrupt(_signal: int, _frame: object) -> None:
        # A second signal must not cut the cleaning up short.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        run.shutdown_kernel = "immediate"
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    failure: dict[str, object] = {}
    try:
        run.preprocess(nb, {"metadata": {"path": str(folder)}})
        return {"status": "ok"}
    except CellExecutionError as error:
        failure = {"status": "error", "name": error.ename, "message": ANSI.sub("", error.evalue), "trace": run.trace}
    except CellTimeoutError:
        failure = {"status": "timeout", "name": "Timeout", "message": f"not finished after {timeout:g} s"}
    except DeadKernelError:
        failure = {"status": "died", "name": "DeadKernelError", "message": "the kernel ended while this cell was running"}
    except KeyboardInterrupt:
        failure = {"status": "interrupted", "name": "Interrupted", "message": "stopped from outside"}
    except (NoSuchKernel, RuntimeError, TimeoutError) as error:
        failure = {"status": "died", "name": type(error).__name__, "message": str(error)}
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return {**failure, "cell": run.current}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--folder", type=Path, help="where its kernel is started; default: its own folder")
    parser.add_argument("--executed", type=Path, required=True, help="where the executed notebook goes")
    parser.add_argument("--page", type=Path, help="where its HTML page goes")
    parser.add_argument("--timeout", type=float, default=0, help="seconds for the whole notebook; 0: none")
    parser.add_argument("--no-timing", action="store_true", help="keep times out of the notebook's metadata")
    parser.add_argument("--go-on", action="store_true", help="do not stop at a cell that fails")
    given = parser.parse_args()
    stop_when_parent_is_gone()
    try:
        nb = read(given.notebook)
    except ValueError as error:
        tell("finished", status="error", name="NotANotebook", message=str(error), cell=None)
        return 0
    for cell in nb.cells:
        # What an earlier run left must not look like this run's result when a cell before it fails.
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    folder = (given.folder or given.notebook.parent).resolve()
    outcome = execute(nb, folder, given.timeout, not given.no_timing, given.go_on)
    if not given.no_timing:
        # Tells a run of this machine from what came with the repository.
        nb.metadata["fathom"] = {"scale": os.environ.get("FATHOM_SCALE", "quick")}
    write_atomically(given.executed, nbformat.writes(nb) + "\n")
    if given.page is not None:
        write_page(nb, given.page, given.notebook.stem)
    tell("finished", **outcome)
    return 0


if __name__ == "__main__":
    sys.exit(main())
