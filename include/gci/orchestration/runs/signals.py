"""Ctrl-C and SIGTERM end a run at once, like a kill: what there is to clean up, the next run cleans up anyway.

Airflow's task runner takes SIGTERM for itself and turns an interrupt into a failed task, after which the run would go
on. So both are kept from it and waited for in a thread of their own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

_STOPPING = (signal.SIGINT, signal.SIGTERM)


def stop_at_signals() -> None:
    """End the process at SIGINT or SIGTERM with exit code 128 + signal, from now on.

    Call it before anything starts a thread: threads inherit what is kept from this one.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    threading.Thread(target=_wait, name="stop-at-signals", daemon=True).start()


def _wait() -> None:
    number = signal.sigwait(_STOPPING)
    show_cursor = "\x1b[?25h" if sys.__stderr__ and sys.__stderr__.isatty() else ""
    os.write(2, f"{show_cursor}\ngci: stopped. What is published is as it was; call again to go on.\n".encode())
    os._exit(128 + number)
