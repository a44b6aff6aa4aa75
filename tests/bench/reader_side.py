"""The same feeds through lemon24/reader, in its own environment: `python reader_side.py FOLDER PORT FEEDS WORKERS`.

Prints one line of JSON: CPU and wall of the first update and of the second, where nothing has changed.
"""

import json
import sys
import time
from pathlib import Path

from reader import make_reader  # type: ignore[import-not-found,unused-ignore]  # never installed beside the product


def measured(step: object) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    step()  # type: ignore[operator]
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def main(folder: Path, port: int, feeds: int, workers: int) -> None:
    # make_reader brings plugins of its own; none of them is asked for.
    with make_reader(str(folder / "reader.db"), plugins=[]) as reader:
        for number in range(feeds):
            reader.add_feed(f"http://127.0.0.1:{port}/{number}.xml")
        found = {
            "first": measured(lambda: reader.update_feeds(workers=workers, scheduled=False)),
            "unchanged": measured(lambda: reader.update_feeds(workers=workers, scheduled=False)),
        }
        print(json.dumps({**found, "entries": reader.get_entry_counts().total}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:5]))
