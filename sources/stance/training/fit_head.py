"""Fit the head on pairs the network has not seen, and choose when a stance is shown.

    python -m sources.stance.training.fit_head --pairs DEV.jsonl.gz --news NEWS.jsonl.gz

Confidence and thresholds come from sources the head was not fitted on: each
group of sources is left out once, and what the others' head says of it is
kept. The head that is stored is fitted on all groups, its thresholds are
those at which the left-out predictions were right often enough.
"""
