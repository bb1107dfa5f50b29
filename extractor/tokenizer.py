"""spaCy's tokenizer, kept from long runs of signs without any space."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc

LONGEST_RUN, PART = 500, 200
"""Characters without a space that are tokenized at once, and of what is longer. The tokenizer takes a run apart from its ends and
looks at all that is left each time: 4,000 brackets take a second, 8,000 four. Addresses in articles are shorter than that."""
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}+")


class BoundedTokenizer:
    """Text -> Doc as the tokenizer makes it, in time that grows with the text: long runs are tokenized part by part."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        """Wraps a tokenizer, which is left as it is."""
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The tokens; those of a text without long runs are exactly the tokenizer's own."""
        if _LONG_RUN.search(text) is None:
            return self.tokenizer(text)
        docs = [self.tokenizer(text[start:end]) for start, end in _parts(text)]
        # from_docs takes the white space as it is, so that every character keeps its offset
        joined = Doc.from_docs(docs, ensure_whitespace=False)
        assert joined is not None
        return joined

    def __getattr__(self, name: str) -> object:
        """What else it can do, such as being written to a folder."""
        if name == "tokenizer":  # while it is being copied it has none yet
            raise AttributeError(name)
        return getattr(self.tokenizer, name)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The text between long runs, and these in parts; a space belongs to the word before it, as in spaCy."""
    at = 0
    for run in _LONG_RUN.finditer(text):
        if run.start() > at:
            yield at, run.start()
        at = run.start()
        while run.end() - at > PART:
            yield at, at + PART
            at += PART
        end = run.end() + text.startswith(" ", run.end())
        yield at, end
        at = end
    if at < len(text):
        yield at, len(text)
