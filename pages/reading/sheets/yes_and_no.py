"""Words for yes and no in many languages: where a column has one of them, yes is 1."""

import re
from collections.abc import Sequence

YES = re.compile(
    "yes|y|true|t|on|ja|j|wahr|oui|o|vrai|sí|si|s|sì|verdadero|vero|sim|verdadeiro|да|так|da|tak|ano|igen|evet|kyllä|"
    "\u03bd\u03b1\u03b9|כן|نعم|ya|có|예|네|हाँ|はい|是|✓|✔|✔\ufe0f|✅|☑|"
    r"pos|positive|positiv|pass|passed|won|win|present|success|high|good|up|\+",
    re.IGNORECASE,
)
NO = re.compile(
    "no|n|false|f|off|nein|falsch|non|faux|falso|não|nao|nej|nei|nee|нет|ні|nu|nie|ne|nem|hay\u0131r|ei|όχι|לא|لا|"
    "tidak|không|아니오|아니요|नहीं|いいえ|否|✗|✘|✖|❌|☐|"
    "neg|negative|negativ|fail|failed|lost|lose|loss|absent|failure|low|bad|down|-|not .*|non.*",
    re.IGNORECASE,
)


def merge_answers(words: Sequence[str]) -> dict[str, str]:
    """For each word the first that means the same, where there are more than two and all are yes or no; else {}.

    A yes and a no must be words: T, F and N may be something else.

    >>> merge_answers(["yes", "no", "Y"]), merge_answers(["yes", "no"]), merge_answers(["T", "F", "N"])
    ({'yes': 'yes', 'no': 'no', 'Y': 'yes'}, {}, {})
    """
    yes, no = ([word for word in words if pattern.fullmatch(word)] for pattern in (YES, NO))
    if len(yes) + len(no) < max(3, len(words)) or not all(any(len(word) > 1 for word in each) for each in (yes, no)):
        return {}
    return {word: (yes if word in yes else no)[0] for word in words}
