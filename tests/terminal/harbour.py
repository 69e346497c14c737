"""An article on a harbour, and what a library knows of it."""

from sources.storing import Document

ARTICLE = """Forty boats left the harbour

Forty boats left Portsea harbour on Monday, the coastguard said. The harbour was built in 1902.

“Nobody has seen a better day,” said Ada Marsh, who runs the harbour café.
"""


LIBRARY = [
    Document(
        title="Port log of Portsea for the month of June, with the names of all ships",
        outlet="Portsea Port Authority",
        url="https://port.example/log",
        text="The port log of Monday denies it: thirty boats left Portsea harbour on that day.",
    ),
    Document(
        title="A short history of Portsea",
        outlet="Harbour Museum",
        url="https://museum.example/history",
        text="Papers confirm that the harbour of Portsea was built in 1902. It has two piers.",
    ),
    Document(
        title="Coastguard, week 26",
        outlet="Portsea Courier",
        url="https://courier.example/26",
        text="The coastguard said that forty boats left Portsea harbour on Monday.",
    ),
]
