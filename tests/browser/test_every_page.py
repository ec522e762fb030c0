"""Every page of the desk and of the public, in both languages, at both widths, light and dark: open to everybody.

One server and one sign-in for all of them: the race goes through its stages once, and each page is looked at where it
is fullest. What phones show is looked at in test_access.
"""

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page

from base.clock import now_ms
from people.live import new_link
from tests.addresses import ROUTES
from tests.browser.house import LAPTOP, PHONE, House
from tests.browser.looking import SCHEMES, Looker, words_out_of_place
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_app import NAME, PASSWORD
from tests.fixtures_pages import sign_in
from tests.tables import xlsx

DESK = f"/organize/{SLUG}"
PHONES = re.compile(r"^/([CcTtMm]/<key>|play|station)$")
FILES = re.compile(
    r"\.(csv|js|json|xlsx|txt|svg|zip|pdf|docx)$|^/(static|api|healthz|livez)\b|/export/|/questions/proof/|^/r/<slug>/(map|logo)$"
)
FILLED = {"slug": SLUG, "entry": EGRET, "path:bank": "each", "path:quiz": "kinds", "path:game": "relay"}
# What is looked at in a stage of its own, with something in it.
STAGED = (
    "/organize/<slug>/jury/question",
    "/organize/<slug>/teams/preview/<key>",
    "/organize/<slug>/questions/import/<path:bank>",
    "/S/<key>",
    "/s/<key>",
)
# Where nothing is, and what then is said is a page too.
NOTHING = ("/nowhere", "/organize/welcome/nothing")
QUERIES = {"/organize/<slug>/questions/edit/<path:bank>": "?kind=single", "/organize/<slug>/checkpoint": "?code=34"}

TEAMS = xlsx(
    [
        ("单位", "队名", "姓名", "身份证号"),
        *(("堤防工会", "雁阵", f"孙{one}", "110101199001010011") for one in "甲乙丙"),
    ]
)
ASKED = xlsx(
    [
        ["题型", "题目", "选项A", "选项B", "选项C", "正确答案"],
        *[["单选题", f"园里第 {number} 种鸟叫什么？", "白鹭", "蜻蜓", "芦苇", "A"] for number in range(1, 4)],
        ["单选题", "没有答案的题？", "一", "二", "三", ""],
    ]
)
MARSHALS = {"zh-CN": "钱裁判", "en": "孙裁判"}
# What people called things, beside what stands in the race.
GIVEN = f"{NAME} {' '.join(MARSHALS.values())} 题库 堤防 湿地工会 Shift"


def sheet(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "any/any", "buffer": content}


def addresses() -> list[str]:
    """Every address that shows a page, with everything filled in."""
    return [
        re.sub(r"<([^>]+)>", lambda part: FILLED.get(part[1], "nothing"), rule) + QUERIES.get(rule, "")
        for method, rule in ROUTES
        if method == "GET" and rule not in STAGED and not PHONES.match(rule) and not FILES.search(rule)
    ]


class Walk:
    """An organizer at the desk and a visitor, both looking at pages in one language after the other."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.looker = Looker()
        self.desk, self.visitor = (
            house.window("/", LAPTOP, bypass_csp=True, reduced_motion="reduce", forgive=("400", "404", "409", "410"))
            for _ in range(2)
        )
        self.desk.on("dialog", lambda asked: asked.accept())
        sign_in(self.desk)

    def in_both(self, stage: Callable[["Walk"], None]) -> None:
        """Go through a stage in Chinese and in English."""
        for language in ("zh", "en"):
            self.named = f"{self.house.setup()} {GIVEN}"
            for page in (self.desk, self.visitor):
                page.context.add_cookies([{"name": "lang", "value": language, "url": self.house.base}])
            stage(self)

    def open(self, path: str, waits: str = "h1") -> Page:
        """Open an address, and all that is folded on its page."""
        page = self.desk if path.startswith("/organize") else self.visitor
        answer = page.goto(path, wait_until="domcontentloaded")
        assert answer
        if (answer.status == 200) == (path in NOTHING):
            self.looker.found.append(f"{path}: {answer.status}")
        page.wait_for_selector(waits)
        unfold(page)
        return page

    def see(self, path: str, waits: str = "h1", sizes: tuple[tuple[int, int], ...] = (PHONE, LAPTOP)) -> Page:
        """Open an address, and look."""
        page = self.open(path, waits)
        self.look(page, path, sizes)
        return page

    def look(self, page: Page, state: str, sizes: tuple[tuple[int, int], ...] = (PHONE, LAPTOP)) -> None:
        """Look at the page as it stands, and read it."""
        again = page.get_attribute("html", "lang") == "en"
        self.looker.look(page, state, sizes, SCHEMES[:1] if again else SCHEMES, colours=not again)
        self.looker.read(page, state, self.named)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


def club_s_link(page: Page) -> str:
    """Where the first club signs up, read from the page of links."""
    return re.sub(r"^https?://[^/]+", "", str(page.locator(".address a").first.get_attribute("href")))


def while_it_is_set_up(walk: Walk) -> None:
    """Pages that are different before anything has happened, and all that a form makes."""
    for path in (
        "trial",
        "checkin",
        "control",
        "jury",
        "publish",
        "after",
        "print",
        "rules",
        "tasks",
        "questions/bank/each",
    ):
        walk.see(f"{DESK}/{path}")
    walk.see(f"/r/{SLUG}")
    page = walk.open(f"{DESK}/rules")
    page.select_option("#format", "free")
    page.select_option("#needed", "some")
    page.select_option("#late", "cost")
    walk.look(page, "rules, chosen")
    for kind in ("single", "multiple", "true_false", "text", "number"):
        walk.see(f"{DESK}/questions/edit/each?kind={kind}", sizes=(PHONE,))
    walk.see(f"{DESK}/tasks/game/frisbee")

    page = walk.open(f"{DESK}/questions/bank/each")
    page.set_input_files("#file", sheet("题库.xlsx", ASKED))
    page.click(".bring button")
    page.wait_for_selector(".take")
    walk.look(page, "what a file holds")

    page = walk.open(f"{DESK}/teams")
    page.set_input_files("#files", sheet("堤防.xlsx", TEAMS))
    page.click(".bring .button")
    page.wait_for_url("**/preview/**")
    unfold(page)
    walk.look(page, "teams in a file")

    page = walk.open(f"{DESK}/signup")
    walk.look(page, "sign-up links")
    page = walk.see(club_s_link(page), sizes=(PHONE,))
    page.fill("#team-0-members", "赵一\n赵一")
    page.fill("#contact", "赵")
    page.fill("#contact_phone", "139")
    page.click("#signup .save .button")
    page.wait_for_selector(".error")
    walk.look(page, "a club's faults", (PHONE,))


def ways_in(walk: Walk) -> None:
    """Links that let people in: a colleague's, a program's, the first organizer's; what a marshal finds behind one."""
    page = walk.open("/organize/colleagues")
    page.fill("#note", MARSHALS[str(page.get_attribute("html", "lang"))])
    page.check("[name=role][value=marshal]")
    page.click("form[action$=invite] button")
    page.wait_for_selector("#secret")
    unfold(page)
    walk.look(page, "a colleague's link")
    link = page.input_value("#secret")
    walk.visitor.goto(link[link.index("/organize/") :])
    walk.look(walk.visitor, "invited")
    for field in ("#password", "#again"):
        walk.visitor.fill(field, PASSWORD)
    walk.visitor.click("main button")
    walk.visitor.wait_for_selector(".stations")
    walk.look(walk.visitor, "stations")
    walk.visitor.context.clear_cookies(name="session")
    page = walk.open("/organize/account")
    page.click("form[action$=tokens] button")
    page.wait_for_selector("#secret")
    walk.look(page, "a program's token")
    walk.visitor.goto(new_link(walk.house.database(), now_ms()))
    walk.look(walk.visitor, "welcome")
    walk.visitor.goto("/organize/signin")
    walk.look(walk.visitor, "sign-in")
    walk.see("/nowhere")


def while_it_is_tried(walk: Walk) -> None:
    walk.see(f"{DESK}/trial?verified=31", ".signs .verified")


def while_all_wait_for_the_gun(walk: Walk) -> None:
    walk.see(f"{DESK}/control", ".gun")
    walk.see(f"/r/{SLUG}/live")


def while_it_is_run(walk: Walk) -> None:
    """The race is under way: every address there is, with what can be asked of it."""
    for path in addresses():
        walk.see(path, "[role=row]" if path.endswith("/live") else "h1")
    for path in (
        "control?tab=ahead",
        "control?tab=heads",
        "messages?avoid=33",
        "clock?group=%7C&time=9:00",
        f"checkin?open={EGRET}",
        f"teams?open={EGRET}",
        "teams?open=new",
        "teams/deal?what=first&again=1",
        "checkpoints/here?code=33",
        "jury?at=9:51",
    ):
        walk.see(f"{DESK}/{path}")
    walk.see(club_s_link(walk.open(f"{DESK}/signup")), sizes=(PHONE,))
    page = walk.open(f"{DESK}/checkpoints", ".pin >> nth=0")
    page.click(".places-row:has-text('34')")
    page.wait_for_selector(".point")
    walk.look(page, "a checkpoint chosen")
    page = walk.open(f"{DESK}/jury/{EGRET}")
    page.fill("#finish-at", "0:00:01")
    page.fill("#reason-finish", "录像")
    page.click("#finish button")
    page.wait_for_selector(".confirm")
    walk.look(page, "who would move")
    page = walk.open(f"{DESK}/basics")
    page.fill("#closing_min", "0")
    page.evaluate("document.querySelector('#basics').noValidate = true")
    page.fill("#reason", "试试")
    page.click("#basics .save .button")
    page.wait_for_selector(".error")
    walk.look(page, "basics to mend")


def when_it_is_closed(walk: Walk) -> None:
    for path in ("publish?chosen=1&placed=1&members=1", "control"):
        walk.see(f"{DESK}/{path}")


def when_it_is_over(walk: Walk) -> None:
    for path in ("publish?chosen=1&placed=1&members=1", "after", "print", "control"):
        walk.see(f"{DESK}/{path}")
    for path in ("results", "results?version=1", "live"):
        walk.see(f"/r/{SLUG}/{path}")


def publish(walk: Walk, version: int) -> None:
    page = walk.open(f"{DESK}/publish?chosen=1&placed=1&members=1")
    if version > 1:
        page.fill("#reason", "更正")
    page.click(".freeze .button")
    page.wait_for_selector(f"a[href$='version={version}']")


def test_every_page_is_open_to_everybody_and_speaks_one_language(house: House) -> None:
    walk, desk = Walk(house), house.desk
    page = walk.open(f"{DESK}/signup")
    page.fill("#names", "湿地工会 3")
    page.click(".add-clubs .button")
    page.wait_for_selector(".address a", state="attached")
    walk.in_both(while_it_is_set_up)
    desk.stage("trial")
    desk.phone(EGRET).punch("31")
    walk.in_both(while_it_is_tried)
    desk.stage("race")
    walk.in_both(while_all_wait_for_the_gun)
    desk.act("gun")
    egret, dragonfly = desk.phone(EGRET), desk.phone(DRAGONFLY)
    egret.punch("31")
    egret.answer(egret.open_sheet("32"), right=0)
    egret.finish()
    desk.marshal("F1").tell("heads", entry=EGRET, heads=4)
    dragonfly.punch("31")
    dragonfly.punch("33")
    desk.act("message", text="34 号点人多，晚点再去。")
    desk.act("withdraw", entry="3", safe=False)
    walk.in_both(while_it_is_run)
    walk.in_both(ways_in)
    desk.act("decision", what="close", reason="都回来了")
    walk.in_both(when_it_is_closed)
    for version in (1, 2):
        publish(walk, version)
        desk.act("decision", entry=EGRET, what="penalty_s", value={"seconds": 60}, reason="更正")
    walk.in_both(when_it_is_over)
    assert walk.looker.found == [], "\n".join(walk.looker.found)


def test_its_silence_means_something(racing: House) -> None:
    """A button without a name, something wider than the screen, a word of the other language: each is found."""
    page = racing.window("/play", bypass_csp=True)
    page.wait_for_selector("#typed-code")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("document.body.append(Object.assign(document.createElement('hr'), {className: 'wide'}))")
    page.add_style_tag(content=".wide { width: 900px }")
    looker = Looker()
    looker.look(page, "spoilt", (PHONE,), ("light",))
    assert "button-name" in looker.found[0]
    assert "scrolls sideways" in looker.found[-1]
    page.evaluate("document.querySelector('main').append('Mispunch')")
    assert words_out_of_place(page, "") == ["Mispunch"]
