"""Wrong passwords, counted where a restart does not forget them.

Tries are counted for a name and an address together, so that nobody can lock
somebody else out from another address, and for an address alone, so that
nobody tries one password with every name. A try is counted before the
password is looked at: a hundred guesses at once are a hundred tries.
"""

from datetime import timedelta
from hashlib import sha256

from django.db import connection, models
from django.db.models.functions import Greatest, Now

WINDOW = timedelta(minutes=15)
"""How long tries are remembered after the last, and how long too many shut the door."""
FORGET = timedelta(days=1)
TRIES_OF_A_NAME = 5
TRIES_OF_AN_ADDRESS = 50
EVERY_NAME = ""

# Too many tries do not push the end of the wait further away.
COUNT = """
INSERT INTO factcheck_logintries AS known (account, address, tries, last_at)
VALUES (%(account)s, %(address)s, 1, now())
ON CONFLICT ON CONSTRAINT login_tries_once_per_name_and_address DO UPDATE SET
    tries = CASE WHEN known.last_at < now() - %(window)s::interval THEN 1
                 ELSE least(known.tries + 1, %(most)s + 1) END,
    last_at = CASE WHEN known.tries >= %(most)s AND known.last_at >= now() - %(window)s::interval
                   THEN known.last_at ELSE now() END
RETURNING tries
"""


class LoginTriesQuerySet(models.QuerySet["LoginTries"]):
    """The tries, counted."""

    def take(self, name: str, address: str) -> bool:
        """Count one try more; return whether it may be made."""
        self.filter(last_at__lt=Now() - FORGET).delete()
        return self._count(EVERY_NAME, address, TRIES_OF_AN_ADDRESS) and self._count(
            account_of(name), address, TRIES_OF_A_NAME
        )

    def succeeded(self, name: str, address: str) -> None:
        """The password was right: it was no try at somebody else's door."""
        self.filter(account=account_of(name), address=address).delete()
        self.filter(account=EVERY_NAME, address=address).update(
            tries=Greatest(models.F("tries") - 1, 0)
        )

    def forget(self, name: str) -> int:
        """Let ``name`` try again from everywhere; return how many addresses had tries."""
        return self.filter(account=account_of(name)).delete()[0]

    def _count(self, account: str, address: str, most: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                COUNT,
                {
                    "account": account,
                    "address": address,
                    "most": most,
                    "window": f"{WINDOW.total_seconds()} seconds",
                },
            )
            return bool(cursor.fetchone()[0] <= most)


class LoginTries(models.Model):
    """How often a name was tried from an address since the last pause.

    ``account`` is a digest: some people type their password into the wrong field.
    """

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=49)
    tries = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField(db_index=True)

    objects = LoginTriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "address"], name="login_tries_once_per_name_and_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tries} from {self.address}"


def account_of(name: str) -> str:
    """The digest that stands for a name, as people may type it."""
    return sha256(name.strip().casefold().encode()).hexdigest()
