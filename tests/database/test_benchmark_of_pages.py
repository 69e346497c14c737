"""The benchmark of pages fills its tables as they are now, and asks for pages that there are."""

import pytest
from django.db import connection

from benchmarks.pages import EVIDENCE_EACH, addresses, fill
from claims.models import Claim, Evidence
from factcheck.models import User
from tests.ui.conftest import logged_in


@pytest.mark.django_db
def test_a_small_workspace_is_filled_and_each_of_its_pages_answers():
    with connection.cursor() as cursor:
        cursor.execute(fill(2))
    assert Evidence.objects.count() == Claim.objects.count() * EVIDENCE_EACH > 0
    browser = logged_in(User.objects.get())
    for page in addresses():
        assert browser.get(page).status_code == 200, page
