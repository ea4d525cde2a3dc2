"""One peer of a workload in a process of its own: peer.py PEERS.py NAME, where NAME is the function to call.

Takes requests as JSON lines from standard input and answers as a JSON text sequence (RFC 7464), like child.ts.
"""

import importlib.metadata
import importlib.util
import json
import os
import sys
import time
import traceback

# Answers go where standard output went; whatever a library prints goes to standard error.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def prepare(path, name, request):
    # Peers of several workloads share modules beside them.
    sys.path.append(os.path.dirname(path))
    spec = importlib.util.spec_from_file_location("peers", path)
    peers = importlib.util.module_from_spec(spec)
    sys.modules["peers"] = peers
    spec.loader.exec_module(peers)
    if "torch" in sys.modules and os.environ.get("OMP_NUM_THREADS") == "1":
        sys.modules["torch"].set_num_threads(1)
    return getattr(peers, name)(request["parameters"], request["folder"])


def version(name):
    try:
        return f"{name} {importlib.metadata.version(name.replace('_', '-'))}"
    except importlib.metadata.PackageNotFoundError:
        return name


def plain(value):
    return value.tolist() if hasattr(value, "tolist") else float(value)


def processor_seconds():
    """Of this process and of those that it started and waited for."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def timed(run):
    processor = processor_seconds()
    wall = time.perf_counter()
    summary = run()
    seconds = time.perf_counter() - wall
    return {"seconds": seconds, "processor": processor_seconds() - processor, "summary": summary}


def main(path, name):
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "prepare":
                run = prepare(path, name, request)
                result = {"about": f"{version(name)}, Python {sys.version.split()[0]}"}
            else:
                result = timed(run)
            text = json.dumps(result, default=plain, allow_nan=False)
        except Exception as error:
            traceback.print_exc()
            text = json.dumps({"error": f"{type(error).__name__}: {error}"})
        answers.write(f"\x1e{text}\n")
        answers.flush()


try:
    main(*sys.argv[1:])
except KeyboardInterrupt:
    sys.exit(130)
