"""Who is next: for (source, relation, ?) and (?, relation, target) on a day, a ranked list with its reasons.

`facts` holds what happened, `ledger` what was known of it on the morning of a day, `features` say what speaks for a
candidate, `model` weighs them, `replay` walks through the days, `rank` answers one question.
"""
