"""How gunicorn behaves under script/server and under deploy/agora.service."""

import signal

worker_class = "gthread"
loglevel = "warning"
control_socket_disable = True
graceful_timeout = 10  # seconds for answers under way when it is asked to stop


def post_worker_init(worker) -> None:
    """Leave Ctrl-C to the parent process, which stops its workers itself.

    A terminal sends it to all of them at once; a worker that gets it while its parent asks it to quit can
    wait for itself, and is only gone after half a minute.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
