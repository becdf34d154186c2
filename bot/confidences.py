"""How it sounds when somebody confides: the one list of such words, in English and German.

It is short and careful. A bot that answers every 'hard' or 'tired' with a trusted contact is not taken seriously, and
'quit' alone is mostly about a form. What is recognized here is counted and logged nowhere.
"""

import re

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_TREATED_BADLY = (
    *(
        r"harass\w*",
        r"bull(?:y|ied|ying)",
        r"mobb(?:ing|ed)",
        r"humiliat\w+",
        r"discriminat\w+",
        r"rac(?:ism|ist)\w*",
    ),
    *(r"sexis[mt]\w*", r"assault\w*", r"abus(?:e|ed|ive)", r"groped", r"threaten(?:ed|s|ing) me", r"retaliat\w+"),
    *(r"belästig\w*", r"gemobbt", r"schikan\w*", r"diskriminier\w*", r"rassis\w+", r"sexis\w+", r"übergriffig\w*"),
    *(r"gedemütigt", r"bedroht mich", r"werde bedroht"),
)
_LEAVING = (
    r"(?:want|going|like) to (?:quit|resign|leave the company)",
    r"thinking (?:of|about) (?:quitting|resigning|leaving the company)",
    r"hand(?:ing)? in my notice",
    r"(?:will|möchte|werde) kündigen",
    r"(?:denke|überlege).{0,30} kündig\w+",
)
_AT_THE_END = (
    *(r"burn(?:ed|t)?[ -]?out", r"ausgebrannt", r"panic attacks?", r"panikattacken?", r"depress(?:ed|ion|ionen|iv)"),
    *(r"suicid\w*", r"suizid\w*", r"selbstmord\w*", r"(?:kill|harm|hurt)(?:ing)? myself", r"nicht mehr leben"),
    *(r"(?:afraid|scared) of (?:my|him|her|them)", r"angst vor (?:meine\w*|ihm|ihr|ihnen)"),
)
_CONFIDENCE = re.compile(rf"\b(?:{'|'.join((*_TREATED_BADLY, *_LEAVING, *_AT_THE_END))})\b".translate(_UMLAUTS))


def sounds_like_one(text: str) -> bool:
    """Tell whether somebody seems to confide something that no bot should be told."""
    return _CONFIDENCE.search(text.casefold().translate(_UMLAUTS)) is not None
