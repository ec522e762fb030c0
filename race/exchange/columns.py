"""Which column is what, told by the words above it."""

import re
from dataclasses import dataclass, field

from base.sheets import Row
from race.exchange.clean import fold, plain

# What a header cell may say besides its word: brackets, stars, a leading number as web forms write it.
_BRACKET = re.compile(r"\(([^()]*)\)?")
_AROUND = re.compile(r"^[*★※#\s]+|[*★※：:\s]+$|^\d{1,2}[、.．]\s*")

_BEFORE = (
    "所属 所在 基层 参赛 代表 报名 填报 填表 报送 申报 工作 推荐 选送 派出 组队 上级 二级 您的 您 贵 本 比赛 活动",
    "人员 职工 公司",
)
_PREFIX = f"(?:{'|'.join(' '.join(_BEFORE).split())}){{0,3}}"
_CLUB_WORD = (
    "(?:单位|工会|公司|部门|机构|学校|俱乐部|支部|党支部|企业|科室|院系|车间|街道|社区|医院|班组|支会|分会|协会|系统)"
)
_TEAM_WORD = "(?:队伍|代表队|参赛队伍|参赛队|小队|战队|团队|小组|队|组)"
_MEMBER_WORD = "(?:参赛队员|参赛选手|参赛人员|参赛者|参赛职工|队员|成员|组员|选手|运动员|人员|队友)"
_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])"
_PERSONS = {
    "contact": re.compile(r"领队|联系人|负责人|联络人|联络员|带队|经办人|contact|manager|leader"),
    "captain": re.compile(r"(?<!副)队长|组长|captain"),
    "vice": re.compile(r"副队长"),
}
_SLOT = re.compile(
    rf"(?:{_MEMBER_WORD}|姓名|名字|member|player|runner|competitor)(?:姓名)?[-_.]?\(?({_NUMBER})\)?(?![人名0-9])"
    rf"|第({_NUMBER})(?:名|位|个)?{_MEMBER_WORD}?|({_NUMBER})号?{_MEMBER_WORD}|队长姓名?({_NUMBER})"
)
_ID = re.compile(r"身份证|证件号|证件编号|证件信息|护照|社保号|idcard|idnumber|idno|identity|passport|nationalid")
_EMERGENCY = re.compile(r"紧急|应急|emergency")
_PHONE = re.compile(r"电话|手机|联系方式|联络方式|手机号|phone|mobile|^tel|\btel\b|cell$")
_GENDER = re.compile(r"性别|^sex$|gender")
_ROLE = re.compile(r"职务|角色|队内身份|队内职位|队内分工|是否.{0,3}队长|人员类别|^身份$|^role$")
_NOTE = re.compile(r"^备注|^附注|^remarks?$|^notes?$|^comments?$|备注$")
_COUNT = re.compile(r"人数|名额|number of|headcount")
_OTHER = re.compile(
    r"年龄|出生|生日|民族|籍贯|尺码|尺寸|t恤|衣服|服装|身高|体重|鞋码|邮箱|e-?mail|微信|政治面貌|血型|健康|保险|饮食|用餐|车牌|住址|地址"
    r"|岗位|职称|工号|邮编|照片|会员|意见|盖章|签字|审核|证件类型|提交时间|所用时间|来源|ip|age|birth|shirt|size|date"
)
_SEQUENCE = re.compile(r"(?:队伍|参赛队|报名)?序号|编号|序|no\.?|#|行号|id|答卷编号|序列")
_BIB = re.compile(
    r"号码布(?:号)?|号码簿|参赛号码?|队号|队伍编号|参赛编号|队伍号码?|比赛号码?|bib(?:no\.?|number)?|startno\.?"
)
_CLUB = re.compile(rf"{_PREFIX}(?:{_CLUB_WORD}(?:组织|委员会)?[/、或及和]?){{1,3}}(?:名称|全称|简称|名)?")
_TEAM = re.compile(
    rf"{_PREFIX}(?:队名|组名|队别|队伍名|{_TEAM_WORD}(?:名称|名|别|全称|名字)?)(?:[/、或]{_PREFIX}(?:队名|队伍名称))?"
)
_CLASS = re.compile(r"(?:参赛|报名|比赛|所属){0,3}(?:组别|项目|赛别|赛项|类别)|class|category|agegroup|division")
_NAME = re.compile(
    rf"(?:{_PREFIX}|{_MEMBER_WORD}|参赛|真实){{0,3}}(?:姓名|名字)|name|fullname|runner|competitor|person"
)
_MEMBERS = re.compile(
    rf"(?:{_PREFIX}(?:全体|其他|其余|全部|本队)?{_MEMBER_WORD}(?:姓名|名单|信息|情况)?|(?:参赛|人员|队员){{0,3}}名单|teammembers|members"
    r"|runners|players)"
)
# Columns of English and German programs, whole words only.
_ENGLISH = {
    "surname": "surname",
    "lastname": "surname",
    "familyname": "surname",
    "family": "surname",
    "firstname": "given",
    "givenname": "given",
    "given": "given",
    "club": "club",
    "clubname": "club",
    "cl.name": "club",
    "city": "city",  # SportSoftware parts a club's name between these two
    "organisation": "club",
    "organization": "club",
    "company": "club",
    "team": "team",
    "teamname": "team",
    "short": "class",
    "stno": "bib",
    "s": "gender",
    "xstno": "other",
    "chipno": "other",
    "yb": "other",
    "rented": "other",
    "paid": "other",
    "cardno": "other",
    "epunch": "other",
    "starttime": "other",
    "rental": "other",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one header says: what the column holds, whose it is ("" if it does not say), and a role in brackets."""

    what: str
    whose: str = ""
    role: str = ""


@dataclass(slots=True)
class Someone:
    """A person who has columns of their own: what is known of them, by column number."""

    whose: str
    role: str = ""
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Columns:
    """What the columns of one table hold."""

    single: dict[str, int] = field(default_factory=dict)
    people: list[Someone] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    list_phones: int | None = None
    identity: list[str] = field(default_factory=list)
    words: str = ""
    pairs: tuple[tuple[str, str], ...] = ()

    def person(self, whose: str) -> Someone | None:
        """Return the person of that kind, or None."""
        return next((someone for someone in self.people if someone.whose == whose), None)

    @property
    def members(self) -> list[Someone]:
        """Those who run."""
        return [someone for someone in self.people if someone.whose not in {"contact", "captain", "vice"}]

    @property
    def row_is_a_member(self) -> bool:
        """Tell whether each row is one person rather than one team."""
        return len(self.members) == 1 and not self.lists and self.members[0].whose == "member"


def meaning(header: str) -> Meaning | None:
    """Return what a header's words mean, or None if they mean nothing here."""
    text = plain(_AROUND.sub("", fold(header)))
    if not text or len(text) > 60:
        return None
    bare = _BRACKET.sub("", text).strip("*:") or text
    if len(bare) > 24 and not _ID.search(bare):
        return None
    inside = "".join(_BRACKET.findall(text))
    if _ID.search(text) and "证件类型" not in text:
        # A cell of name and identity number is still a name; the number is taken out of it.
        return Meaning("name") if re.match(r"姓名", text) else Meaning("identity")
    if text in _ENGLISH:
        return Meaning(_ENGLISH[text])
    return _of_someone(text, bare, inside) or _of_team(bare)


def _of_someone(text: str, bare: str, inside: str) -> Meaning | None:
    phone = bool(_PHONE.search(text)) or bare in {"号码", "联系"}
    if _EMERGENCY.search(text):
        named = re.search(r"联系人|姓名|name|contact|关系", bare)
        return Meaning("emergency" if named or not phone else "emergency_phone")
    if _ROLE.search(bare):
        return Meaning("captain_mark" if "是否" in bare else "role")
    if _COUNT.search(bare) or _NOTE.search(bare):
        return Meaning("count" if _COUNT.search(bare) else "note")
    slot = _SLOT.search(text)
    role = next((word for word in ("副队长", "队长", "领队", "替补") if word in inside), "")
    whose = f"member {next(group for group in slot.groups() if group)}" if slot else _whose(bare)
    if slot and not role:
        role = next((word for word in ("副队长", "队长") if word in bare), "")
    if _GENDER.search(bare):
        return Meaning("gender", whose, role)
    if _OTHER.search(bare):
        return Meaning("other", whose)
    if phone and not _MEMBERS.fullmatch(bare):
        if re.match(rf"{_PREFIX}{_MEMBER_WORD}(?:姓名)?[及和与/、+,]", bare):
            return Meaning("members")
        several = re.search(r"(?:电话|手机)号?码?[/、及和](?:电话|手机)", text)
        both = whose and not several and re.search(r"[及和与/、+,]|姓名", text)
        return Meaning("name" if both else "phone", whose or ("list" if re.search(_MEMBER_WORD, bare) else ""), role)
    if whose:
        return Meaning("name", whose, role)
    return None


def _whose(bare: str) -> str:
    if re.search(_MEMBER_WORD, bare):
        return ""
    return next((whose for whose in ("vice", "captain", "contact") if _PERSONS[whose].search(bare)), "")


def _of_team(bare: str) -> Meaning | None:
    for what, pattern in (
        ("bib", _BIB),
        ("seq", _SEQUENCE),
        ("name", _NAME),
        ("members", _MEMBERS),
        ("club", _CLUB),
        ("class", _CLASS),
        ("team", _TEAM),
    ):
        if pattern.fullmatch(bare):
            return Meaning(what)
    return None


def header_words(row: Row) -> dict[int, Meaning]:
    """Return what the cells of a row mean as headers. Cells that say “word: value” are none."""
    return {
        column: found
        for column, cell in enumerate(row.cells)
        if cell and column not in row.filled and not re.search(r"[:：]", cell) and (found := meaning(cell))
    }


def is_header(row: Row) -> bool:
    """Tell whether a row names the columns of a table of entries."""
    own = [column for column, cell in enumerate(row.cells) if cell.strip() and column not in row.filled]
    words = header_words(row)
    whats = {found.what for found in words.values()}
    people = [found for found in words.values() if found.what in {"name", "members", "surname", "given"}]
    named = any(found.whose != "contact" for found in people)
    if {"surname", "given"} <= whats:
        return True
    if len(words) < 2 or len(words) * 5 < len(own) * 3 or len(whats) < 2:
        return False
    return named or (bool(people) and len(words) >= 3 and bool(whats & {"team", "club"}))


def read_columns(rows: list[Row]) -> Columns:
    """Return the columns that one header row, or two of a header on two levels, describe."""
    width = max(len(row.cells) for row in rows)
    columns = Columns(words=" ".join(cell for row in rows for cell in row.cells))
    pairs = []
    for column in range(width):
        texts = [row.cells[column] if column < len(row.cells) else "" for row in rows]
        upper, lower = (texts[0], texts[-1]) if len(texts) > 1 else ("", texts[0])
        if len(texts) > 1 and not upper and rows[0].cells:
            upper = _group_above(rows[0], rows[-1], column)
        pairs.append((upper if upper != lower else "", lower or upper))
    columns.pairs = tuple(pairs)
    pending: list[tuple[str, int]] = []
    for column, (upper, lower) in enumerate(pairs):
        found = _combined(upper, lower)
        if found is None:
            continue
        if found.what == "identity":
            columns.identity.append("".join(lower.split()))
        else:
            _place(columns, pending, column, found)
    _settle(columns, pending)
    return columns


def _group_above(upper: Row, lower: Row, column: int) -> str:
    """A CSV cannot merge: a group's word stands over its first column, with nothing over the rest."""
    if column >= len(lower.cells) or not lower.cells[column]:
        return ""
    for before in range(min(column, len(upper.cells) - 1), -1, -1):
        if upper.cells[before]:
            return upper.cells[before] if lower.cells[before] else ""
    return ""


def _combined(upper: str, lower: str) -> Meaning | None:
    own, group = meaning(lower), meaning(upper) if upper else None
    if own is None or group is None:
        return own or group
    if own.what in {"identity", "emergency", "emergency_phone"} or own.whose or not group.whose:
        return own if not (own.what == "name" and group.what == "emergency") else group
    return Meaning(own.what, group.whose, own.role or group.role)


def _place(columns: Columns, pending: list[tuple[str, int]], column: int, found: Meaning) -> None:
    what, whose = found.what, found.whose
    if what in {"seq", "bib", "club", "city", "team", "class", "count", "note"}:
        columns.single.setdefault(what, column)
    elif what == "members":
        columns.lists.append(column)
    elif what == "phone" and whose == "list":
        columns.list_phones = column
    elif what in {"name", "surname", "given"} and not whose:
        last = columns.people[-1] if columns.people else None
        if (
            what != "name"
            and last
            and last.whose == "member"
            and what not in last.columns
            and "name" not in last.columns
        ):
            last.columns[what] = column
        else:
            many = sum(someone.whose.startswith("member") for someone in columns.people)
            columns.people.append(Someone("member" if not many else f"member {many + 1}", found.role, {what: column}))
    elif whose:
        someone = columns.person(whose)
        if someone is None:
            columns.people.append(someone := Someone(whose))
        someone.role = someone.role or found.role
        someone.columns.setdefault(what, column)
    elif what != "other":
        last = columns.people[-1] if columns.people else None
        if last is None or what in last.columns or (columns.lists and what == "phone" and "phone" in last.columns):
            pending.append((what, column))
        else:
            last.columns[what] = column


def _settle(columns: Columns, pending: list[tuple[str, int]]) -> None:
    """Give columns that stand before or after their person to the first who lacks one."""
    if columns.list_phones is not None and not columns.lists and len(columns.members) == 1:
        columns.members[0].columns.setdefault("phone", columns.list_phones)
    for someone in columns.people:
        if someone.whose == "captain" and not columns.members and not columns.lists:
            someone.whose = "member"
    order = columns.members + [s for s in columns.people if s not in columns.members]
    if columns.lists and not columns.members:
        order = [s for whose in ("contact", "captain", "vice") for s in columns.people if s.whose == whose]
    for what, column in pending:
        for someone in order:
            if what not in someone.columns:
                someone.columns[what] = column
                break
        else:
            if what == "phone" and columns.lists and columns.person("contact") is None:
                columns.people.append(Someone("contact", "", {"phone": column}))
