from __future__ import annotations
def plan_targets(prose, parts, measures, city, lexicon):
    return ()
