"""The publishers' API, version 1: what lies below ``/api/v1/``.

Whoever holds a publisher's key gets JSON; what goes wrong is a problem
(RFC 9457). The settings close every view by themselves: key, scope, rate
limit, parser and error handler need no mention in a view.

To add an endpoint that reads:

1. Write the view in a module named for what it shows, as a subclass of
   ``view.KeyView``, with the scope of each method: ``scopes = {"GET":
   Scope.CLAIMS_READ}``. ``key_of(request)`` is the key that asks;
   ``key_of(request).publisher`` owns what it may see. ``has_scope`` tells
   whether the key holds a further scope. ``parameters`` names those of the
   address that GET knows: every other one is refused.
2. Read through ``claims.reading`` or a query set that begins at what the
   publisher may see (``Submission.objects.owned_by_publisher``), so that a
   foreign id is not found: ``raise NotFound`` says nothing about its existence.
3. Name rows by ``public_id`` and nothing else. Give each span with
   ``offsets.Span``: code points and UTF-16. A list that grows goes through
   ``pagination.NewestFirst``, or through one that is ordered as it is told.
4. Add the path to ``urls.py``, a docstring whose first sentence says what it
   is (docs/routes.md and the documentation page show it), ``@extend_schema``
   with an example, then ``./dev manage write_docs``.
5. A new kind of error is a new row of ``problems.PROBLEMS``.
"""
