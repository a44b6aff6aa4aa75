"""feedparser alone over the feeds of the bench, with the flags that make it lean: `python parse_alone.py FEEDS`.

Nothing is fetched, kept or stored, and nothing of the product is imported. Prints one line of JSON: CPU and wall.
"""

import io
import json
import sys
import time

import feed_server
import feedparser


def main(feeds: int) -> None:
    made = feed_server.bodies(30)
    bodies = [feed_server.feed(made, number) for number in range(feeds)]
    wall, cpu = time.perf_counter(), time.process_time()
    for body in bodies:
        feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": "application/xml"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    print(json.dumps({"first": {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
