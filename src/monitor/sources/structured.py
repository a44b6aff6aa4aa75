"""What a page says of itself in JSON-LD blocks (schema.org)."""

import json
from collections.abc import Iterator
from typing import Any


def json_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD blocks, those of their graphs included; what can't be read is passed over."""
    for element in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            block = json.loads(element.text_content())
        except (ValueError, RecursionError):
            continue
        graph = block.get("@graph", [block]) if isinstance(block, dict) else block
        yield from (node for node in (graph if isinstance(graph, list) else []) if isinstance(node, dict))
