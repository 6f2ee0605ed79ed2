"""What every peer in NumPy does: answer one JSON line with one JSON line."""
import json
import sys
import time

import numpy as np


def serve(prepare):
    """Answers version, prepare (whatever prepare(question) gives: the work to time, and the answer) and time."""
    work = None
    for line in sys.stdin:
        question = json.loads(line)
        if question["command"] == "version":
            answer = {"version": np.__version__}
        elif question["command"] == "prepare":
            work, answer = prepare(question)
        else:
            start = time.perf_counter()
            for _ in range(question["repetitions"]):
                work()
            answer = {"seconds": time.perf_counter() - start}
        print(json.dumps(answer), flush=True)
