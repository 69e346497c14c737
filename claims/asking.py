"""Asking the language model about an article or a search, where it may be asked.

Called by workers with no transaction open. What is asked about confidential
words is decided in sources/registry.py, from settings alone; here it is only
said whose words they are.
"""

from datetime import timedelta

from django.db.models.functions import Now

from claims.models import ArticleVersion, ModelRun, Search, Visibility
from claims.splitting import Splitting
from claims.splitting import llm as splitter
from sources import registry
from sources.llm import Account, LanguageModel, Unanswered
from sources.ports import StanceModel
from sources.stance.llm import LlmStance


def refined(version: ArticleVersion, found: Splitting) -> tuple[Splitting, ModelRun | None]:
    """Return what the rules found, refined by the language model if it answers.

    With it the record of the run, not saved; None if no model is to be asked.
    """
    public = version.article.visibility == Visibility.PUBLIC
    model = registry.language_model("splitter", outside=public)
    if model is None or not found.sentences:
        return found, None
    if resting := _resting(model):
        return found, ModelRun(model=model.name, failure=resting)
    account = Account(splitter.LIMITS)
    try:
        finer = splitter.refine(
            version.text,
            found,
            model=model,
            account=account,
            title=version.title,
            outlet=version.outlet,
        )
    except Unanswered as error:
        return found, _run(model, account, failure=str(error), rest=error.rest)
    return finer.splitting, _run(model, account, refused=finer.refused)


def judge(search: Search) -> StanceModel:
    """Return the model that reads the passages of a search."""
    offline = registry.stance_model()
    public = search.outside and search.claim.article.visibility == Visibility.PUBLIC
    model = registry.language_model("judge", outside=public)
    if model is None:
        return offline
    return LlmStance(model, offline, resting=_resting(model))


def run_of(judge: StanceModel) -> ModelRun | None:
    """Return the record of what a judge has asked, not saved; None if it asks nobody."""
    if not isinstance(judge, LlmStance) or not (judge.account.calls or judge.failure):
        return None
    return _run(judge.model, judge.account, failure=judge.failure, rest=judge.rest)


def _resting(model: LanguageModel) -> str:
    until = ModelRun.objects.rests_until(model.name)
    return f"did not answer lately and is asked again from {until:%H:%M} UTC" if until else ""


def _run(
    model: LanguageModel,
    account: Account,
    *,
    failure: str = "",
    rest: float = 0.0,
    refused: dict[str, int] | None = None,
) -> ModelRun:
    return ModelRun(
        model=model.name,
        calls=account.calls,
        prompt_tokens=account.prompt_tokens,
        completion_tokens=account.completion_tokens,
        seconds=round(account.seconds, 3),
        failure=failure,
        rests_until=Now() + timedelta(seconds=rest) if rest else None,
        refused=refused or {},
    )
