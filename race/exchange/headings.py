"""What the words at the head of a column mean."""

import re
from dataclasses import dataclass

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
_ROLE = re.compile(r"队内|本队职务|角色|是否.{0,3}队长|^role")
# What somebody is at work, unless the table means the team.
_JOB = re.compile(r"职务|人员类别|^身份$")
_RESERVE = re.compile(rf"(?:替补|候补){_MEMBER_WORD}?(?:姓名)?({_NUMBER})?|reserve({_NUMBER})?|substitute({_NUMBER})?")
_WAVE = re.compile(r"(?:出发|参赛|比赛)?(?:批次|波次)|出发(?:组|批)|wave|heat")
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
    # “单位 Club”: a header in two languages says it in the first.
    chinese = re.sub(r"[/|]?[a-z.]{3,}", "", bare)
    return _of_someone(text, bare, inside) or _of_team(bare) or (_of_team(chinese) if chinese != bare else None)


def _of_someone(text: str, bare: str, inside: str) -> Meaning | None:
    phone = bool(_PHONE.search(text)) or bare in {"号码", "联系"}
    if _EMERGENCY.search(text):
        named = re.search(r"联系人|姓名|name|contact|关系", bare)
        return Meaning("emergency" if named or not phone else "emergency_phone")
    for what, pattern in (("role", _ROLE), ("job", _JOB), ("count", _COUNT), ("note", _NOTE)):
        if pattern.search(bare):
            return Meaning("captain_mark" if what == "role" and "是否" in bare else what)
    slot = _SLOT.search(bare) or _SLOT.match(text)
    role = next(
        (word for word in ("副队长", "队长", "领队", "替补") if word in (bare + inside if slot else inside)), ""
    )
    whose = f"member {next(group for group in slot.groups() if group)}" if slot else _whose(bare)
    reserve = _RESERVE.match(bare)
    if reserve:
        role, whose = "替补", f"member 替补{next((group for group in reserve.groups() if group), '')}"
    for what, pattern in (("gender", _GENDER), ("other", _OTHER)):
        if pattern.search(bare):
            return Meaning(what, whose, role)
    if phone and not _MEMBERS.fullmatch(bare):
        return _of_phone(text, bare, whose, role)
    return Meaning("name", whose, role) if whose else None


def _of_phone(text: str, bare: str, whose: str, role: str) -> Meaning:
    if re.match(rf"{_PREFIX}{_MEMBER_WORD}(?:姓名)?[及和与/、+,]", bare):
        return Meaning("members")
    several = re.search(r"(?:电话|手机)号?码?[/、及和](?:电话|手机)", text)
    both = whose and not several and re.search(r"[及和与/、+,]|姓名", text)
    return Meaning("name" if both else "phone", whose or ("list" if re.search(_MEMBER_WORD, bare) else ""), role)


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
        ("wave", _WAVE),
        ("class", _CLASS),
        ("team", _TEAM),
    ):
        if pattern.fullmatch(bare):
            return Meaning(what)
    return None
