"""Words of saying: verbs, and the documents that speak for their makers."""

ASSERTS = frozenset(
    "say tell add argue claim state announce assert affirm proclaim attest insist note explain "
    "warn believe think "
    "suggest write report allege contend maintain declare acknowledge admit confirm reveal "
    "predict estimate find found conclude show indicate accuse testify tweet remark observe stress "
    "emphasize emphasise reiterate caution complain concede disclose recall "
    "urge vow pledge promise project forecast calculate determine assume expect fear hope agree "
    "ask respond reply counter continue joke quip lament charge boast cite demand propose "
    "recommend deem read post speculate hint imply inform advise apologise apologize tout "
    "criticise criticize assure stipulate intone interject opine muse point".split()
)
DENIES = frozenset("deny reject dispute refute dismiss rebut rebuff".split())
SAYS_BY_ITSELF = frozenset(
    "say tell add argue claim state announce assert affirm proclaim attest insist note explain "
    "warn write report allege "
    "contend maintain declare acknowledge admit confirm reveal testify tweet remark observe stress "
    "emphasize emphasise reiterate caution complain concede disclose recall predict estimate "
    "continue joke quip lament boast respond reply counter conclude suggest believe think ask "
    "post agree vow pledge promise project forecast stipulate intone interject opine muse "
    "point".split()
)
"""Verbs that stand beside their content: '"P," she added', 'X wrote in a letter that P'."""
ACTS = frozenset("announce pledge vow promise propose demand agree offer order hope expect".split())
"""Saying these is doing them: that it happened is the claim, and the article makes it."""
WANTS = frozenset("ask demand insist propose recommend request suggest urge".split())
"""What follows may be a wish: "urged that the tax be cut"."""
THINKS = frozenset("cite think believe expect hope fear assume agree find conclude".split())
"""Nothing need be said aloud: "thinking that P" tells what the writer makes of somebody."""
SIGNS = frozenset("show indicate suggest reveal find found imply hint put read add".split())
"""Facts do this too: "output rose, indicating that demand is back"."""
PORTIONS = frozenset("half third thirds quarter quarters majority majorities".split())
POLLS = frozenset({"poll", "survey"})
OWN_WORDS = frozenset(
    "tweet post letter statement memo column essay memoir speech testimony lawsuit "
    "complaint filing affidavit".split()
)
"""Documents in which whoever wrote them speaks."""
DOCUMENTS = POLLS | frozenset(
    "tweet post report study analysis research data paper document letter statement "
    "review index figure "
    "statistic number record memo filing lawsuit complaint indictment affidavit transcript "
    "projection estimate forecast census audit article editorial book regulation investigation "
    "website release average finding".split()
)
FIGURES = POLLS | frozenset("figure number datum data statistic study report analysis".split())
"""What is said to show something in passing: "numbers showing P"."""
DOCUMENTS_SAY = frozenset(
    "show find found put say suggest indicate reveal estimate project conclude report give rank "
    "state read place warn note predict claim argue describe list count record survey".split()
)
HEDGES = frozenset(
    "reportedly allegedly apparently supposedly seemingly likely possibly perhaps probably "
    "hopefully presumably arguably".split()
)
UTTERANCES = frozenset(
    "take response position answer view message statement tweet reaction verdict argument point "
    "advice description explanation criticism assessment conclusion theory case line slogan "
    "summary account comment warning reply motto question exhortation".split()
)
"""What, if it is somebody's, is in that one's words."""
