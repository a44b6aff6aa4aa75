"""What a page says of itself in JSON-LD blocks (schema.org)."""

import json
from collections.abc import Iterator
from typing import Any


def json_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD blocks, those of their graphs included; what can't be read is passed over."""
    for element in tree.xpath("//script[contains(@type, 'ld+json')]"):
        block = _block(element.text_content())
        graph = block.get("@graph", [block]) if isinstance(block, dict) else block
        yield from (node for node in (graph if isinstance(graph, list) else []) if isinstance(node, dict))


def _block(text: str) -> Any:
    """The block's value, else that of the object within what hides a script from old browsers (CDATA, comments), else
    None. Line ends within texts are as frequent as they are wrong."""
    for part in (text, text[text.find("{") : text.rfind("}") + 1]):
        try:
            return json.loads(part, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
