"""CourseData 2.0.3, which has no namespace and other names, told in the words of 3.0."""

from base.xml import Element

# Where 2.0.3 keeps a point's code, and what kind of point that is.
POINTS = {"StartPoint": "Start", "Control": "Control", "FinishPoint": "Finish"}


def as_version_3(root: Element) -> Element:
    """Return `root` itself if it is 3.0, else the same courses as a 3.0 tree that keeps the lines of the 2.0.3 file."""
    if root.namespace or root.attributes.get("iofVersion", "").startswith("3"):
        return root
    race = _made("RaceCourseData", root)
    assignments: list[Element] = []
    for point in root.children:
        if point.name in POINTS:
            race.children.append(_control(point))
    for course in root.all("Course"):
        variations = course.all("CourseVariation")
        for variation in variations:
            name = course.value("CourseName")
            if len(variations) > 1:
                name = f"{name} {variation.value('Name') or variation.value('CourseVariationId')}".strip()
            race.children.append(_course(variation, name))
            assignments.extend(_assignment(entry, name) for entry in course.all("ClassShortName"))
    race.children.extend(assignments)
    made = _made("CourseData", root)
    made.children.append(race)
    return made


def _made(name: str, source: Element, text: str = "") -> Element:
    return Element(name, "", {}, source.line, text)


def _control(point: Element) -> Element:
    made = _made("Control", point)
    made.attributes["type"] = POINTS[point.name]
    made.children.append(_made("Id", point, point.value(f"{point.name}Code")))
    # 2.0.3 does not say in which system x and y of a ControlPosition count; in the wild they are metres of some grid.
    if point.child("ControlPosition"):
        place = _made("Position", point)
        place.attributes["lng"] = point.all("ControlPosition")[0].attributes.get("x", "")
        made.children.append(place)
    elif point.child("MapPosition"):
        made.children.append(_made("MapPosition", point))
    return made


def _course(variation: Element, name: str) -> Element:
    made = _made("Course", variation)
    made.children.append(_made("Name", variation, name))
    if variation.child("CourseLength"):
        made.children.append(_made("Length", variation, variation.value("CourseLength")))
    for item in variation.children:
        if item.name in {"StartPointCode", "FinishPointCode"}:
            made.children.append(_course_control(item, "Start" if item.name[0] == "S" else "Finish", item.text))
        elif item.name == "CourseControl":
            control = _course_control(item, "Control", item.value("ControlCode"))
            control.children.extend(child for child in item.children if child.name in {"Score", "LegLength"})
            made.children.append(control)
    return made


def _course_control(item: Element, kind: str, code: str) -> Element:
    made = _made("CourseControl", item)
    made.attributes["type"] = kind
    made.children.append(_made("Control", item, code))
    return made


def _assignment(entry: Element, course: str) -> Element:
    made = _made("ClassCourseAssignment", entry)
    made.children.append(_made("ClassName", entry, entry.value()))
    made.children.append(_made("CourseName", entry, course))
    return made
