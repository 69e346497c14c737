"""Every act of the workspace, ready to be performed once.

Each maker sets up what its act needs and returns the act itself.
"""

from tests.acts import desk, evidence, moderation, objections, people, registry, verdicts

ACTS = registry.ACTS

__all__ = ["ACTS", "desk", "evidence", "moderation", "objections", "people", "verdicts"]
