"""XML: bytes of a feed, a sitemap or a portal flow in, a tree without entities, links or huge parts flows out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ingest.sources.polite import Passing
from rag.messages import collecting as said


class Element(Protocol):
    """What is asked of a node."""

    tag: str
    text: str | None
    attrib: dict[str, str]

    def iter(self) -> Iterator[Element]:
        """The node and all below it."""

    def __iter__(self) -> Iterator[Element]: ...


def tree(raw: bytes, name: str) -> Element:
    """The root. Raises Passing where it is no whole XML: a page of an error or a cut reply, which may be over soon.

    A document that declares entities is refused, whatever they are.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Element = etree.fromstring(raw, parser)
        declared = etree.ElementTree(root).docinfo.internalDTD
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Passing(said.NOT_XML.format(name=name, what=_beginning(raw))) from error
    if declared is not None:
        raise Passing(said.NOT_XML.format(name=name, what="DOCTYPE"))
    return root


def local(element: Element) -> str:
    """The name of a node without its namespace; "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def named(element: Element, *names: str) -> Iterator[Element]:
    """Every node of these names, at any depth."""
    return (found for found in element.iter() if local(found) in names)


def words_of(element: Element) -> dict[str, str]:
    """What the children of a node say, by name; of several of one name the first that says anything."""
    found: dict[str, str] = {}
    for child in element:
        text = (child.text or "").strip()
        if text and local(child):
            found.setdefault(local(child), text)
    return found


def _beginning(raw: bytes) -> str:
    return " ".join(raw[:200].decode("utf-8", "replace").split())[:40] or "빈 답"
