"""CourseData of the IOF Data Standard, 3.0 and the older 2.0.3, in the ways programs in the wild write it."""

from typing import Any

from base.faults import Fault
from base.languages import Words
from base.xml import Element, parse
from checkpoints.exchange.codes import LONGEST, kind_of
from checkpoints.exchange.iof2 import as_version_3
from checkpoints.model import CheckpointKind

# The names of 3.0 for what a control is; other kinds (crossing points, ends of marked routes) are no checkpoints here.
KINDS = {"Start": CheckpointKind.START, "Control": CheckpointKind.CONTROL, "Finish": CheckpointKind.FINISH}
NOT_PUNCHED = {"CrossingPoint", "EndOfMarkedRoute"}


def read_course_data(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Return checkpoints, courses and classes of a CourseData file, as in a race file, and the faults.

    A course lists its controls without start and finish. One with scores becomes a score course with its points.

    Raises:
        FaultyInput: it is no readable XML.

    """
    return _Reader(as_version_3(parse(data))).read()


class _Reader:
    """One reading of one race."""

    def __init__(self, root: Element) -> None:
        self.faults: list[Fault] = []
        races = root.all("RaceCourseData")
        for other in races[1:]:
            self.fault(other, "This file holds several races; only the first is read.")
        self.race = races[0] if races else root
        self.checkpoints: dict[str, dict[str, Any]] = {}
        self.passages: set[str] = set()
        self.courses: dict[str, dict[str, Any]] = {}
        self.families: dict[str, list[str]] = {}
        self.classes: dict[str, dict[str, Any]] = {}

    def fault(self, element: Element, message: str, **arguments: object) -> None:
        self.faults.append(Fault(f"line {element.line}", Words(message, arguments)))

    def read(self) -> tuple[dict[str, Any], list[Fault]]:
        courses = self.race.all("Course")
        used_as = {
            control.value(): item.attributes["type"]
            for course in courses
            for item in course.all("CourseControl")
            if "type" in item.attributes
            for control in item.all("Control")
        }
        controls = self.race.all("Control")
        for control in controls:
            self.read_control(control, used_as)
        self.read_positions(controls)
        measured = any(course.child("Length") for course in courses)
        for number, course in enumerate(courses, start=1):
            self.read_course(course, number, described=bool(controls), measured=measured)
        self.read_assignments()
        part: dict[str, Any] = {"checkpoints": list(self.checkpoints.values()), "courses": list(self.courses.values())}
        if self.classes:
            part["classes"] = list(self.classes.values())
        if not controls and not courses:
            self.fault(self.race, "This file holds no controls and no courses.")
        return part, self.faults

    def read_control(self, control: Element, used_as: dict[str, str]) -> None:
        code = control.value("Id")
        if not code or len(code) > LONGEST:
            self.fault(control, "A control without a usable code is left out.")
            return
        kind = control.attributes.get("type") or used_as.get(code)
        if kind in NOT_PUNCHED:
            self.passages.add(code)
            self.fault(control, "%(code)s is a crossing point or the like, where nobody punches; left out.", code=code)
        elif code in self.checkpoints:
            self.fault(control, "%(code)s is described twice; the first stands.", code=code)
        else:
            checkpoint: dict[str, Any] = {"code": code, "kind": str(KINDS.get(kind or "") or kind_of(code))}
            if control.value("Name"):
                checkpoint["name"] = control.value("Name")
            self.checkpoints[code] = checkpoint

    def read_positions(self, controls: list[Element]) -> None:
        strange: list[tuple[Element, str]] = []
        for control in controls:
            place = control.child("Position")
            checkpoint = self.checkpoints.get(control.value("Id"))
            if place is None or checkpoint is None or "lat" in checkpoint:
                continue
            lat, lon = _number(place.attributes.get("lat", "")), _number(place.attributes.get("lng", ""))
            if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
                strange.append((place, place.attributes.get("lng", "")))
            else:
                checkpoint |= {"lat": lat, "lon": lon}
        if strange:
            place, lng = strange[0]
            self.fault(
                place,
                "%(count)s positions are not in degrees (the first: lng=%(lng)s), so they were not taken; checkpoints "
                "and courses were. Export in WGS 84, or place the checkpoints on the map.",
                count=len(strange),
                lng=lng,
            )
        on_paper = [
            control
            for control in controls
            if control.value("Id") in self.checkpoints
            and control.child("MapPosition")
            and not control.child("Position")
        ]
        if on_paper and not strange:
            self.fault(
                on_paper[0],
                "%(count)s controls have a place on the drawn map only, not on the earth; place them on your map.",
                count=len(on_paper),
            )

    def read_course(self, course: Element, number: int, *, described: bool, measured: bool) -> None:
        name = course.value("Name") or course.value("Id") or str(number)
        if name in self.courses or len(name) > 64:
            self.fault(course, "Course %(name)s: its name is used twice or too long; left out.", name=name[:64])
            return
        if course.value("CourseFamily"):
            self.families.setdefault(course.value("CourseFamily"), []).append(name)
        items: list[Any] = []
        points: dict[str, int] = {}
        for item in course.all("CourseControl"):
            codes = [self.known(item, control.value(), name, described) for control in item.all("Control")]
            controls = [code for code in codes if code and self.checkpoints[code]["kind"] == "control"]
            if not controls:
                continue
            self.read_score(item, controls, points)
            items.append(controls[0] if len(controls) == 1 else {"any_of": controls})
        free = [item.attributes.get("randomOrder") in {"true", "1"} for item in course.all("CourseControl")]
        if points:
            codes = [code for item in items for code in (item["any_of"] if isinstance(item, dict) else [item])]
            self.courses[name] = {"id": name, "format": "score", "checkpoints": codes, "points": points}
            return
        self.courses[name] = {"id": name, "format": "free" if any(free) else "line", "checkpoints": items}
        if any(free) and not all(free[1:-1]):
            self.fault(course, "Course %(name)s is free in part only; it is read as free throughout.", name=name)
        if measured and not course.child("Length") and not any(c.child("LegLength") for c in course.children):
            self.fault(
                course,
                "Course %(name)s has neither a length nor points; it is read as a line course. If its order is free, "
                "change its format.",
                name=name,
            )

    def known(self, item: Element, code: str, course: str, described: bool) -> str | None:
        """Return the code if it is a checkpoint; one that the file never describes becomes one without a place."""
        if code in self.checkpoints:
            return code
        if code in self.passages or item.attributes.get("type") in NOT_PUNCHED:
            return None
        if not code or len(code) > LONGEST:
            self.fault(item, "Course %(course)s visits a control without a usable code; left out.", course=course)
            return None
        kind = KINDS.get(item.attributes.get("type", ""), CheckpointKind.CONTROL)
        kind = kind_of(code) if kind is CheckpointKind.CONTROL else kind
        if described and kind is CheckpointKind.CONTROL:
            if not code.isdigit() and all(control["code"].isdigit() for control in self.controls()):
                # Condes writes crossing points into a course of 2.0.3 like controls, and never describes them.
                self.passages.add(code)
                self.fault(item, "%(code)s is a crossing point or the like, where nobody punches; left out.", code=code)
                return None
            self.fault(
                item,
                "Course %(course)s visits %(code)s, which the file does not describe; added without a place.",
                course=course,
                code=code,
            )
        self.checkpoints[code] = {"code": code, "kind": str(kind)}
        return code

    def controls(self) -> list[dict[str, Any]]:
        return [checkpoint for checkpoint in self.checkpoints.values() if checkpoint["kind"] == "control"]

    def read_score(self, item: Element, codes: list[str], points: dict[str, int]) -> None:
        text = item.value("Score")
        if not text:
            return
        score = _number(text)
        if score is None or score != int(score) or score < 0:
            self.fault(item, "The score %(score)s of %(code)s is no whole number; left out.", score=text, code=codes[0])
            return
        points |= dict.fromkeys(codes, int(score))

    def read_assignments(self) -> None:
        for assigned in self.race.all("ClassCourseAssignment"):
            name = assigned.value("ClassName") or assigned.value("ClassId")
            course = assigned.value("CourseName")
            if not course:
                family = self.families.get(assigned.value("CourseFamily"), [])
                course = family[0] if family else ""
                if len(family) > 1:
                    self.fault(assigned, "Class %(name)s has a family of courses; the first is taken.", name=name)
            if not name or len(name) > 64 or course not in self.courses:
                self.fault(assigned, "Class %(name)s: its course is not in this file; left out.", name=name[:64])
            elif name in self.classes:
                self.fault(
                    assigned,
                    "Class %(name)s is given a second course, %(course)s; a class has one, the first stands.",
                    name=name,
                    course=course,
                )
            else:
                self.classes[name] = {"id": name, "name": name, "course": course}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None
