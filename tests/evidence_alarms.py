"""What a text of a test is found to disagree about."""

from landbridge.evidence.conflicts import find_conflicts
from landbridge.evidence.model import Document
from landbridge.evidence.read import facts_of
from landbridge.evidence.text.dates import document_date


def document_of(text: str) -> Document:
    language = "ru" if sum("а" <= letter <= "я" for letter in text) > len(text) / 3 else "en"
    return Document("d", text, document_date(text), language)


def types_of(text: str) -> set[str]:
    """Types of disagreement but for what is missing; every quote is where it says."""
    document = document_of(text)
    held = find_conflicts([document], facts_of(document))
    assert all(text[q.start : q.end] == q.quote for one in held for q in one.quotes)
    return {one.type for one in held} - {"missing"}
