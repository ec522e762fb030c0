"""Persons in a cell: one name, or several with roles, sexes and telephones among them."""

import re
from dataclasses import dataclass, field, replace

from race.exchange.clean import HAN, fold, has_han, one_dot, person_name, plain, read_phone, without_ids

ROLES = ("副队长", "队长", "副领队", "领队", "教练", "替补", "组长", "联络员")
# What a plain member is called is no role.
_NO_ROLE = {"队员", "成员", "组员", "参赛队员", "选手", "运动员", "member"}
_GENDERS = {"男": "男", "女": "女", "男性": "男", "女性": "女", "男士": "男", "女士": "女", "男生": "男", "女生": "女"}
_ENGLISH_GENDERS = {"m": "M", "f": "F", "male": "M", "female": "F", "w": "F"}
_ENGLISH_ROLES = {"captain": "队长", "(c)": "队长", "reserve": "替补", "substitute": "替补"}
NOBODY = {
    "无",
    "没有",
    "暂无",
    "待定",
    "暂缺",
    "缺",
    "空",
    "/",
    "-",
    "--",
    "—",
    "——",
    "n/a",
    "tba",
    "tbd",
    "同上",
    "略",
}
# The commonest family names: they tell "张三 李四" (two people) from "古丽 巴哈尔" (one).
_SURNAMES = set(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章"
    "鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍"
    "翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈"
    "姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑"
    "习胥保和蔺欧阳上官司马诸葛司徒慕容"
)
_LONG_SURNAMES = frozenset(re.findall("..", "欧阳上官司马诸葛司徒慕容皇甫夏侯尉迟令狐东方公孙长孙宇文端木轩辕呼延独孤"))
_NUMBERING = re.compile(
    r"(?<![\d.])(?:[(（]\d{1,2}[)）]\s*[.、．:：]?|\d{1,2}\s*[.、．:：)）])\s*(?=\D)|[①-⑳❶-❿]\s*"
    rf"|[⑴-⒛]\s*|(?:^|(?<=[\s;；]))[一二三四五六七八九十]{{1,2}}[、.．]\s*|(?<![\dA-Za-z])\d{{1,2}}\s*(?=[{HAN}])"
)
_STRONG = re.compile(r"[、,，;；\n\r|/／\\]+")
_BRACKET = re.compile(r"[(（\[【〔［]([^()（）\[\]【】〔〕［］]*)[)）\]】〕］]")
_PLAIN_WORDS = _NO_ROLE | {"电话", "手机", "联系电话", "手机号", "tel", "本人", "c", "汉", "汉族"}
_LABEL = re.compile(r"(副队长|队长|副领队|领队|教练|替补|组长|参赛队员|队员|成员|组员|名单)\s*[:：]\s*")
_MOBILE = re.compile(r"(?:\+?86[- ]?)?1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)")
_AFTER_NAME = re.compile(rf"(?:[-—–:：]\s*)?({_MOBILE.pattern})")
_CLOSING = re.compile(r"[等共计]+\s*\d{1,3}\s*[人名]|\s等\s*$")
_ROLE = re.compile(rf"(?:兼|担任|任|为)?({'|'.join(ROLES)})(?:队员|人员|选手|兼.*)?")
# “队长张三” and “张三-队长”: the role written onto the name.
_ROLE_ON_NAME = re.compile(
    rf"(?P<before>{'|'.join(ROLES)})?[-—–]?(?P<name>[{HAN}·]{{2,}}?)[-—–]?(?P<after>{'|'.join(ROLES)})?"
)


@dataclass(frozen=True, slots=True)
class Person:
    """One person as read; absent values are empty."""

    name: str
    phone: str = ""
    gender: str = ""
    role: str = ""
    emergency: str = ""
    row: int = field(default=0, compare=False)
    # What stood in brackets behind the name and is no role, sex or telephone.
    aside: str = field(default="", compare=False)

    def to_json(self) -> dict[str, str]:
        """Return the race file's form, without what is empty."""
        values = {
            "name": self.name,
            "phone": self.phone,
            "gender": self.gender,
            "role": self.role,
            "emergency": self.emergency,
        }
        return {key: value for key, value in values.items() if value}


def read_gender(text: str) -> str:
    """Return 男, 女, M or F, or nothing."""
    word = plain(text)
    return _GENDERS.get(word) or _ENGLISH_GENDERS.get(word, "")


def read_role(text: str) -> str:
    """Return the role that a cell of duties or remarks names as a word of its own; a plain member has none."""
    for word in ("".join(text.split()), *re.split(r"[\s,，、;；。.()（）/:：]+", fold(text))):
        found = _ROLE.fullmatch(word)
        if found:
            return found[1]
        if word.lower() in _ENGLISH_ROLES:
            return _ENGLISH_ROLES[word.lower()]
    return ""


def read_role_column(text: str) -> str:
    """Return the role that a column of roles in the team gives, as written where it is none of the usual ones."""
    word = " ".join(fold(text).split())
    usual = read_role(word) or read_captain_mark(word)
    plainly = plain(word) in _NO_ROLE | NOBODY or any(role in word for role in _NO_ROLE) or len(word) > 20
    return usual or ("" if plainly or plain(word) in {"否", "n", "no", "false", "×", "x", "0"} else word)


def read_captain_mark(text: str) -> str:
    """Return 队长 where a column “captain?” says yes."""
    return "队长" if plain(text) in {"是", "√", "✓", "✔", "y", "yes", "true", "1", "队长", "●", "○", "v"} else ""


def is_name(text: str) -> bool:
    """Tell whether this can be a person's name at all: Chinese names hold no digits, others may (“John Smith 2”)."""
    if not 0 < len(text) <= 60 or plain(text) in NOBODY | _NO_ROLE or re.search(r"[:：。！!=]|\d{5}", text):
        return False
    return (
        len(text) > 1 and not re.search(r"\d", text)
        if has_han(text)
        else re.search(r"[^\W\d_]|[?？□�■]", text) is not None
    )


def read_person(text: str) -> Person:
    """Return the one person in a cell, with what brackets or blanks add to the name."""
    text = _NUMBERING.sub(" ", without_ids(fold(text)))
    person = Person("")
    for inside in _BRACKET.findall(text):
        person = _added(person, inside)
    text = _BRACKET.sub(" ", text)
    phone = _MOBILE.search(text)
    if phone:
        person = replace(person, phone=read_phone(phone[0]).number)
        text = text.replace(phone[0], " ")
    words: list[str] = []
    for word in text.split():
        if read_gender(word) and words and not re.fullmatch("[A-Za-z]", word):
            person = replace(person, gender=read_gender(word))
        elif word in ROLES or word in _NO_ROLE:
            person = _added(person, word)
        elif (found := _ROLE_ON_NAME.fullmatch(word)) and (found["before"] or found["after"]):
            person = _added(person, found["before"] or found["after"])
            words.append(found["name"])
        else:
            words.append(word)
    return replace(person, name=person_name(" ".join(words)))


def _added(person: Person, text: str) -> Person:
    phone = _MOBILE.search(text)
    words = [word for word in re.split(r"[\s,，、;；:：]+", text.replace(phone[0], " ") if phone else text) if word]
    unknown = [word for word in words if not (read_gender(word) or read_role(word) or word.lower() in _PLAIN_WORDS)]
    return replace(
        person,
        role=person.role or read_role(text),
        gender=person.gender or next((gender for word in words if (gender := read_gender(word))), ""),
        phone=person.phone or (read_phone(phone[0]).number if phone else ""),
        aside=person.aside or " ".join(unknown),
    )


def read_people(text: str) -> list[Person]:
    """Return the people in a cell, parted by signs, numbers, line breaks or blanks."""
    people: list[Person] = []
    role = ""
    # What stands in brackets belongs to the name before them, whatever signs are in it.
    text = one_dot(_CLOSING.sub("\n", without_ids(fold(text))))
    text = _BRACKET.sub(lambda found: f"({_STRONG.sub(' ', found[1])}) ", text)
    for piece in _LABEL.split(_NUMBERING.sub("\n", text)):
        if piece in ROLES or piece in _NO_ROLE or piece == "名单":
            role = piece if piece in ROLES else ""
            continue
        for part in _STRONG.split(piece):
            for name in _by_blanks(part):
                person = read_person(name)
                if not person.name and people and (person.phone or person.gender or person.role):
                    people[-1] = _joined(people[-1], person)
                elif person.name:
                    people.append(replace(person, role=person.role or role))
            if part.strip() and role:
                role = ""
    return people


def _joined(person: Person, more: Person) -> Person:
    return replace(
        person,
        phone=person.phone or more.phone,
        gender=person.gender or more.gender,
        role=person.role or more.role,
    )


def _by_blanks(part: str) -> list[str]:
    """Part “张三 李四” but keep “张 三”, “张三 女 138…”, “古丽 巴哈尔” and “Alice Smith” whole."""
    part = _AFTER_NAME.sub(lambda found: f" {re.sub('[ -]', '', found[1])} ", part)
    # A blank inside brackets does not part; it is put back below.
    part = _BRACKET.sub(lambda found: "(" + "\ue000".join(found[1].split()) + ")", part)
    words: list[str] = []
    for word in part.split():
        lone = re.fullmatch(f"[{HAN}]", word) and not read_gender(word)
        begun = words and (re.fullmatch(f"[{HAN}]", words[-1]) or words[-1] in _LONG_SURNAMES)
        if words and (word.startswith("(") or (lone and begun)):
            words[-1] += word
        else:
            words.append(word)
    words = [word.replace("\ue000", " ") for word in words]
    names = [word for word in words if re.fullmatch(f"[{HAN}·•．.]{{2,}}", _BRACKET.sub("", word))]
    if len(names) < 2 or not _are_people(names):
        return [" ".join(words)]
    whole: list[str] = []
    for word in words:
        if whole and (read_gender(word) or word in ROLES or not re.search(f"[{HAN}]", word)):
            whole[-1] += f" {word}"
        else:
            whole.append(word)
    return whole


def _are_people(names: list[str]) -> bool:
    bare = [_BRACKET.sub("", name) for name in names]
    known = [name[0] in _SURNAMES or "·" in person_name(name) for name in bare]
    # Three and more words in one cell are a list; two may be one long name.
    return len(bare) >= 3 or all(known)
