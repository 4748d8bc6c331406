"""Words of numbers, scales, fractions and multiples, in English and Russian."""

from __future__ import annotations

ENGLISH = {
    word: value
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen"),
        start=1,
    )
}  # fmt: skip
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
RUSSIAN: dict[str, int] = {
    form: value
    for value, forms in {
        1: "один одна одно одного одной",
        2: "два две двух двум двумя",
        3: "три трех трёх трем трём тремя",
        4: "четыре четырех четырёх четырем четырьмя",
        5: "пять пяти пятью",
        6: "шесть шести шестью",
        7: "семь семи семью",
        8: "восемь восьми восемью восьмью",
        9: "девять девяти девятью",
        10: "десять десяти десятью",
        11: "одиннадцать одиннадцати одиннадцатью",
        12: "двенадцать двенадцати двенадцатью",
        13: "тринадцать тринадцати",
        14: "четырнадцать четырнадцати",
        15: "пятнадцать пятнадцати пятнадцатью",
        16: "шестнадцать шестнадцати",
        17: "семнадцать семнадцати",
        18: "восемнадцать восемнадцати",
        19: "девятнадцать девятнадцати",
        20: "двадцать двадцати двадцатью",
        30: "тридцать тридцати тридцатью",
        40: "сорок сорока",
        50: "пятьдесят пятидесяти",
        60: "шестьдесят шестидесяти",
        70: "семьдесят семидесяти",
        80: "восемьдесят восьмидесяти",
        90: "девяносто девяноста",
        100: "сто ста",
        200: "двести двухсот",
        300: "триста трехсот трёхсот",
        400: "четыреста четырехсот четырёхсот",
        500: "пятьсот пятисот",
        600: "шестьсот шестисот",
        700: "семьсот семисот",
        800: "восемьсот восьмисот",
        900: "девятьсот девятисот",
    }.items()
    for form in forms.split()
}
WORDS = {**ENGLISH, **TENS, **RUSSIAN}
SCALES = {
    1e3: ("thousand", "thousands", "thsd", "ths", "k", "тыс.", "тыс", "тысяч*"),
    1e4: ("万",),
    1e6: ("million", "millions", "mln.", "mln", "mn", "mio", "m", "млн.", "млн", "миллион*"),
    1e8: ("亿",),
    1e9: (
        "billion",
        "billions",
        "milliard",
        "milliards",
        "bln.",
        "bln",
        "bn",
        "b",
        "млрд.",
        "млрд",
        "миллиард*",
    ),
    1e12: ("trillion", "trillions", "trln", "trn", "tn", "трлн.", "трлн", "триллион*"),
}
HAN_SCALES = {"千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8, "万亿": 1e12}
# Letters that mean a scale only beside a currency, or grown to the number before a unit.
MONEY_ONLY = frozenset(["m", "b", "k"])
FRACTIONS = {
    "half": 0.5,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 0.25,
    "quarters": 0.25,
    "fifth": 0.2,
    "fifths": 0.2,
    "tenth": 0.1,
    "tenths": 0.1,
}
RUSSIAN_FRACTIONS = {
    form: value
    for value, forms in {
        0.5: "половина половины половине половину",
        1 / 3: "треть трети",
        0.25: "четверть четверти",
    }.items()
    for form in forms.split()
}
MULTIPLES = {"twice": 2.0, "thrice": 3.0, "вдвое": 2.0, "втрое": 3.0, "вчетверо": 4.0}
