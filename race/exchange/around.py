"""What lines say that are no entries: titles, totals, notes, “单位：…”, and lines across a table."""

import re
from dataclasses import dataclass

from base.languages import Words
from base.sheets import Row, Sheet
from race.exchange.clean import HAN, fold, plain, tidy
from race.exchange.columns import Columns
from race.exchange.headings import meaning

_TOTAL = re.compile(
    r"^(?:合计|总计|共计|小计|总数|总人数|人数合计|累计)|^共(?:计|有)?\d+.{0,8}[队人名支]|^以上共|^total\b",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^(?:填表|填报|经办|制表|审核|审批|批准|负责人签|领导签|签字|签名|签章|盖章|单位盖章|日期|报送|联系地址|报名截止|说明"
    r"|填写|注意|温馨提示|提示|要求|附件?[:：\d]|[★※◆●▲]|[备附]?注(?:[:：\d]|$)|工会主席|工会意见|单位意见|note[:：])",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"^[(（]?(?:示例|样例|范例|举例|例如|填写示例|填写样例|例)[)）]?(?:$|[:：\d一]|队|单位|工会)|^example\b|^e\.g\."
)
_EXAMPLE_NOTE = re.compile(r"删除[本此该这]行|[本此该这]行(?:为|是)?(?:示例|样例|范例)|示例行|仅供参考")
_BLANK_NAME = re.compile(rf"(?:[×ＸXx＊*○]{{2,}}|某)[{HAN}]")
_STAMP = re.compile(r"[(（](?:盖章|公章|签章|签字|印章|章)[)）]$")
_KEY = re.compile(
    r"(?:^|(?<=[\s，,；;。（(]))([^\s:：，,；;。]{1,16})[:：]"
    r"|((?:单位|工会|队名|联系人|领队|负责人|队长|电话|手机|联系方式)(?:[（(][^）)]*[）)])?)[:：]"
)
_SIZE = re.compile(
    r"每(?:支|个)?(?:参赛)?(?:队|组)(?:伍)?(?:人数)?[^\d,，。；;、]{0,6}?(?P<upto>不超过|至多|最多|不多于|限报|上限)?[^\d,，。；;、]{0,3}?"
    r"(?P<least>\d{1,2})(?:\s*(?:[-~～至到—]|人至)\s*(?P<most>\d{1,2}))?\s*[人名]|共(?P<all>\d{1,2})人"
)
# Whose telephone a line below the table gives: whoever filled the form in runs nothing.
_NOT_KEYS = re.compile(r"填表|填报人|经办|制表|审核|主办|承办|协办|监制|日期|时间|地点")


@dataclass(slots=True)
class Context:
    """What the lines around a table say of all its teams."""

    club: str = ""
    team: str = ""
    class_: str = ""
    contact: str = ""
    phone: str = ""
    captain: str = ""
    # The organisation that the title begins with: the host, or the club where each table has its own.
    title: str = ""

    def __bool__(self) -> bool:
        return bool(self.club or self.team or self.class_ or self.contact or self.phone)


@dataclass(frozen=True, slots=True)
class Section:
    """What a line across a table says of the rows below it."""

    club: str = ""
    team: str = ""
    class_: str = ""
    contact: str = ""
    phone: str = ""


def texts_of(row: Row) -> list[str]:
    """The texts of a row, a merged one once."""
    return [cell for column, cell in enumerate(row.cells) if cell.strip() and column not in row.filled]


def what_row(row: Row, *, has_person: bool) -> Words | None:
    """Return what a row below a header is if it is no entry: a total, an example, a note; else None."""
    texts = texts_of(row)
    heads = [plain(text) for text in texts[:3]]
    if any(_TOTAL.match(head) for head in heads):
        return Words("a total, not read")
    if any(_EXAMPLE.match(head) for head in heads) or any(_EXAMPLE_NOTE.search(text) for text in texts):
        return Words("an example, not read")
    if sum(bool(_BLANK_NAME.search(fold(text))) for text in texts) > 1:
        return Words("an example, not read")
    if texts and _FOOTER.match(fold(texts[0]).strip()) and (len(texts) < 4 or not has_person):
        return Words("a note, not read")
    if len(texts) == 1 and sum(row.cells[column] == texts[0] == row.cells[0] for column in row.filled) > 1:
        return Words("a note, not read")  # one text across the table
    if len(texts) == 1 and not has_person and (len(texts[0]) > 12 or pairs_of(texts[0])):
        return Words("a note, not read")
    return None


_SECTION = re.compile(r"^(?:第?[一二三四五六七八九十\d]+[、.．])?\s*[【\[]?(.{2,30}?)[】\]]?\s*[:：]?$")
_OF_CLUB = re.compile(r"工会|公司|[厂局所院校站部处委社店矿]$|中心|街道|社区|银行|集团|机关|单位|[小中大]学$|幼儿园$")
_PARTS = re.compile(r"[\s()（）【】\[\]·:：—–-]+")


def is_under_names(row: Row, columns: Columns) -> bool:
    """Tell whether the first text of a row stands where the names of members do."""
    under = next(column for column, cell in enumerate(row.cells) if cell.strip() and column not in row.filled)
    return under in [someone.columns.get("name") for someone in columns.members] + columns.lists


def section_of(row: Row, columns: Columns) -> Section | None:
    """Return what a line across the table says of the rows below it: their club, team or class; None if it is none."""
    texts = texts_of(row)
    if len(texts) != 1 or _FOOTER.match(fold(texts[0]).strip()) or _TOTAL.match(plain(texts[0])):
        return None
    if pairs_of(texts[0]):
        said = read_context([row])
        found = Section(said.club, said.team, said.class_, said.contact, said.phone)
        return found if said.club or said.team else None
    bare = _SECTION.match(fold(texts[0]).strip())
    if not bare:
        return None
    merged = len(row.filled) > 1
    club = team = class_ = ""
    for part in filter(None, _PARTS.split(bare[1])):
        name = tidy(part)
        if name.endswith("组"):
            class_ = name
        elif _OF_CLUB.search(name) or (name.endswith("队") and merged and "team" in columns.single):
            club = name
        elif name.endswith("队") and merged:
            team = name
        else:
            return None
    alone = ("class" if class_ else "") or ("club" if club else "team")
    if not merged and (alone == "team" or alone in columns.single or is_under_names(row, columns)):
        return None
    return Section(club, team, class_)


_ORG = (
    rf"[{HAN}A-Za-z0-9]{{2,30}}?(?:工会|(?:公司|[厂局院校站部处委社店矿所]|中心|街道|社区|银行|集团|[小中大]学|幼儿园)"
    r"(?:联合|基层)?(?:工会)?)"
)
_LIST_NAME = r"(?:报名|人员|队员|参赛|队伍|花名|登记|信息|汇总|名单|回执)"
_TITLE_CLUB = re.compile(rf"({_ORG})(?:参加.*|代表队.*|{_LIST_NAME}.*)")
_TITLE_BEHIND = re.compile(rf".*{_LIST_NAME}.*[(（—–-]\s*({_ORG})[)）]?")
_TITLE_BEGIN = re.compile(rf"(?:20\d\d年(?:度)?)?({_ORG}).*{_LIST_NAME}.*")


def club_of_title(title: str) -> str:
    """Return the club that a title, or a sheet's name, says the list is of, or nothing."""
    found = None if "总工会" in title else _TITLE_BEHIND.fullmatch(title) or _TITLE_CLUB.fullmatch(title)
    return found[1] if found else ""


def title_clubs(rows: list[Row]) -> tuple[str, str]:
    """Return the club that a title names as the one whose list this is, and the organisation it begins with, if any.

    What a title begins with may be the host; it is a club only where other tables' titles begin with others.
    """
    titles = [tidy(texts_of(row)[0]) for row in rows if len(texts_of(row)) == 1]
    for title in titles:
        if club := club_of_title(title):
            return club, club
        if "总工会" not in title and (begins := _TITLE_BEGIN.fullmatch(title) or re.fullmatch(f"({_ORG})", title)):
            return "", begins[1]
    return "", ""


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return what a text says as “word: value”, blank values too."""
    text = text.replace("\n", " ")
    found = list(_KEY.finditer(text))
    if not found:
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        (match[1] or match[2], tidy(text[match.end() : end].strip(" ，,；;。")))
        for match, end in zip(found, ends, strict=True)
    ]


def read_context(rows: list[Row], *, below: bool = False) -> Context:
    """Return what lines around a table say: “单位：… 联系人：…” in one cell, or a word and its value in two."""
    context = Context()
    last = ""
    for row in rows:
        texts = texts_of(row)
        if below and not any(pairs_of(text) for text in texts):
            continue
        pairs = [pair for text in texts for pair in pairs_of(text)]
        for word, value in zip(texts, [*texts[1:], ""], strict=True):
            key = fold(word).strip().rstrip(":：")
            if meaning(key) and not pairs_of(word)[1:] and not (pairs_of(word) and pairs_of(word)[0][1]):
                pairs.append((key, "" if meaning(value) or pairs_of(value) else tidy(value)))
        for key, value in pairs:
            last = _say(context, key, value, last, below=below)
    return context


def _say(context: Context, key: str, value: str, last: str, *, below: bool) -> str:
    """Put one pair into the context; return whom a telephone after it belongs to."""
    found = None if _NOT_KEYS.search(key) and not re.search("单位|工会", key) else meaning(key)
    if re.search("主办|承办|协办|监制|收款", key) or found is None:
        return last if found is None and not _NOT_KEYS.search(key) else "nobody"
    name = {"club": "club", "team": "team", "class": "class_"}.get(found.what, "")
    value = _STAMP.sub("", value)
    if name and not below:
        setattr(context, name, getattr(context, name) or value)
    elif found.what == "name" and found.whose in {"contact", "captain"}:
        last = found.whose
        setattr(context, last, getattr(context, last) or value)
    elif found.what == "phone" and (found.whose or last) in {"", "contact"} and (context.contact or not below):
        context.phone = context.phone or value
    return last


def team_size(sheets: tuple[Sheet, ...]) -> tuple[int, int] | None:
    """Return the least and most members of a team that any visible text states, as in “每队5人”; None if none does."""
    for sheet in sheets:
        if sheet.hidden:
            continue
        for row in sheet.rows[:40]:
            for text in dict.fromkeys(row.cells):
                found = _SIZE.search(fold(text)) if len(text) > 3 else None
                if found and not row.hidden and not (found["all"] and not re.search("队员|成员|选手", text)):
                    number = int(found["all"] or found["least"])
                    return (1 if found["upto"] else number), int(found["most"] or number)
    return None
