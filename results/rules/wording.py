"""How results are said: lengths of time, and numbers as a certificate writes them."""

from base.languages import Text, say

DIGITS = "〇一二三四五六七八九"
TWO = "两"  # how Chinese counts two of something
ENGLISH = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def hanzi(number: int) -> str:
    """Return 0 to 99 in Chinese characters; others in figures, which read better than a long row of characters."""
    if not 0 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones] if ones else "零"
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def counted(number: int) -> Text:
    """Return how many of something: `两`, `五`, `十二`; `two`, `five`, 13."""
    in_english = ENGLISH[number] if 0 <= number < len(ENGLISH) else str(number)
    return {"zh": TWO if number == 2 else hanzi(number), "en": in_english}


def checkpoints_in_words(number: int) -> Text:
    """Return `十二个打卡点`, `twelve checkpoints`."""
    said = counted(number)
    return {"zh": f"{say(said, 'zh')}个打卡点", "en": f"{say(said, 'en')} checkpoint{'' if number == 1 else 's'}"}


def length_in_words(seconds: int) -> Text:
    """Return a length of time: `四十八分十八秒`, `48 min 18 s`; parts that are nothing are left out."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    zh = [
        f"{hanzi(hours)}小时" if hours else "",
        f"{hanzi(minutes)}分" if minutes else "",
        f"{hanzi(rest)}秒" if rest else "",
    ]
    en = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{rest} s" if rest else ""]
    if rest == 0 and minutes:
        zh[1] = f"{hanzi(minutes)}分钟"
    return {"zh": "".join(zh) or "零秒", "en": " ".join(filter(None, en)) or "0 s"}


def length(seconds: int) -> str:
    """Return a length of time in figures, `48:18` or `1:02:03`."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"−{text}" if seconds < 0 else text
