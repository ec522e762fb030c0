"""A made-up wetland park and its orienteering map, drawn from coordinates.

Everything is placed in metres on the sheet: x right, y down, from the top left corner; one metre is one unit of the
drawing. Like any orienteering map the sheet is turned to magnetic north: its upper edge points `DECLINATION` degrees
from true north. Colours and signs follow ISOM 2017-2 as far as a park needs them: white runnable, yellow open, green
slow, blue water, brown landform, black paths and buildings. The course is not on it; it is laid over the map later.
"""

from math import cos, degrees, radians, sin, sqrt

from demo.paths import CHECKPOINTS, PATHS, RING, Path, Point, bend, place, points_along, walk

__all__ = ["CHECKPOINTS", "HEIGHT", "WIDTH", "corners", "draw", "lat_lon", "outline", "sheet_point", "walk"]

WIDTH, HEIGHT = 900, 750
SCALE = 5000
CENTRE = (39.79, 116.40)  # latitude and longitude of the middle of the sheet, WGS-84
DECLINATION = -7.5  # degrees, west is negative: what a compass shows around Beijing

# fmt: off
LAKE: tuple[Point, ...] = (
    (227, 272), (249, 242), (304, 223), (349, 219), (393, 231), (421, 256), (429, 294), (434, 333), (456, 394),
    (443, 444), (410, 478), (366, 498), (327, 494), (282, 472), (267, 439), (271, 383), (269, 350), (254, 317),
    (234, 294),
)
ISLAND: tuple[Point, ...] = (
    (317, 417), (327, 398), (343, 394), (363, 406), (367, 422), (354, 439), (336, 441), (320, 431),
)
MARSH: tuple[Point, ...] = (
    (166, 339), (177, 272), (204, 222), (260, 192), (327, 185), (404, 190), (460, 228), (493, 283), (516, 339),
    (532, 394), (521, 439), (488, 483), (443, 520), (393, 539), (349, 547), (293, 528), (238, 483), (193, 422),
)
POND: tuple[Point, ...] = (
    (606, 328), (616, 300), (649, 286), (682, 289), (721, 308), (734, 333), (727, 361), (693, 376), (654, 372),
    (621, 352),
)
POND_MARSH: tuple[Point, ...] = (  # the edge of the seasonal marsh round the pond, open to the west
    (604, 274), (638, 264), (693, 270), (738, 294), (761, 339), (738, 378), (704, 394), (666, 394),
)
RIVER: tuple[Point, ...] = ((884, -20), (886, 20), (893, 55), (912, 90), (930, 60), (930, -20))
STREAMS: tuple[tuple[Point, ...], ...] = (
    ((624, 359), (593, 380), (538, 397), (482, 406), (449, 418)),
    ((244, 493), (227, 524), (180, 550), (102, 562), (60, 594), (27, 650), (11, 706), (4, 772)),
)
WOODS: tuple[tuple[Point, ...], ...] = (
    ((22, 200), (27, 161), (66, 117), (127, 87), (216, 71), (304, 74), (338, 86), (340, 97), (304, 106), (227, 112),
     (160, 128), (93, 165), (60, 198), (32, 211)),
    ((533, 161), (554, 142), (638, 133), (716, 122), (793, 133), (849, 172), (852, 217), (843, 236), (821, 222),
     (782, 194), (738, 180), (671, 174), (616, 189), (571, 202), (543, 194)),
)
THICKET: tuple[Point, ...] = (
    (757, 350), (782, 337), (821, 344), (849, 372), (859, 424), (832, 419), (793, 404), (762, 383),
)
SLOW_WOOD: tuple[Point, ...] = (
    (38, 422), (41, 383), (66, 369), (93, 369), (119, 383), (128, 422), (122, 450), (99, 470), (66, 472), (43, 460),
)
ORCHARD: tuple[Point, ...] = (
    (551, 594), (566, 567), (604, 550), (671, 549), (738, 578), (777, 600), (754, 628), (704, 641), (627, 637),
    (566, 622),
)
LAWNS: tuple[tuple[Point, ...], ...] = (  # open grass inside the park
    ((404, 612), (425, 590), (480, 586), (556, 600), (562, 640), (520, 648), (440, 648), (405, 636)),
    ((236, 148), (258, 134), (330, 132), (376, 146), (372, 162), (310, 166), (250, 164)),
    ((600, 476), (640, 462), (690, 466), (712, 490), (700, 520), (650, 530), (606, 516)),
)
HILL: tuple[tuple[Point, ...], ...] = (
    ((628, 174), (643, 134), (683, 110), (724, 103), (780, 108), (816, 134), (821, 154), (804, 186), (764, 206),
     (708, 214), (659, 206)),
    ((657, 154), (671, 134), (708, 122), (740, 117), (776, 126), (789, 150), (772, 174), (740, 188), (691, 188),
     (666, 174)),
    ((675, 162), (691, 142), (724, 131), (756, 135), (767, 151), (756, 168), (728, 176), (695, 174)),
    ((698, 154), (712, 146), (732, 142), (745, 151), (736, 162), (712, 164)),
)
SLOPES: tuple[tuple[Point, ...], ...] = (
    ((45, 220), (64, 198), (105, 184), (150, 196)), ((36, 245), (56, 222), (96, 207), (155, 220)),
    ((589, 492), (619, 484), (666, 504)), ((580, 516), (611, 505), (656, 519)),
)
TREES: tuple[Point, ...] = (
    (295, 150), (262, 150), (537, 167), (566, 186), (800, 208), (120, 250), (140, 268), (468, 600),
    (60, 340), (392, 632), (250, 600), (690, 488), (818, 500), (838, 540), (580, 420),
)
SETTLEMENT: tuple[tuple[Point, ...], ...] = (
    ((-5, -5), (352, -5), (340, 30), (-5, 46)), ((470, -5), (905, -5), (905, 44), (486, 40)),
)
# Buildings: middle, width, depth, degrees clockwise.
BUILDINGS: tuple[tuple[float, float, float, float, float], ...] = (
    (136, 152, 30, 18, -24), (547, 264, 21, 14, 0), (851, 276, 26, 18, 14), (778, 570, 18, 22, 0),
    (318, 628, 46, 11, 4), (424, 654, 40, 12, 0), (500, 653, 28, 10, 0), (448, 315, 13, 13, 20),
    (60, 12, 60, 18, -2), (150, 10, 34, 22, -2), (252, 8, 80, 16, -2), (530, 14, 22, 26, 0), (574, 14, 22, 26, 0),
    (618, 14, 22, 26, 0), (716, 8, 84, 18, 0), (826, 12, 40, 22, 0),
    (112, 747, 104, 18, 0), (232, 747, 52, 18, 0), (620, 746, 130, 20, 0), (742, 748, 44, 18, 0),
)
OUTER_ROADS: tuple[tuple[Point, ...], ...] = (
    ((-10, 716), (910, 716)), ((458, 676), (458, 716)), ((416, -10), (416, 124)),
)
BRIDGES: tuple[tuple[float, float, float], ...] = ((102, 562, 22), (234, 514, -38), (529, 398, -9))  # middle, turn
# fmt: on
NORTH_LINES = (150, 450, 750)  # 300 m apart, as ISOM asks

YELLOW, OLIVE, WHITE, BLACK = "#FFE3A8", "#C9CE8A", "#FFFFFF", "#10201A"
LIGHT_GREEN, GREEN, TREE = "#C9F2BE", "#A6E59B", "#2E9E3A"
WATER, STREAM, BROWN, PAVED, BUILT = "#8FD8F2", "#1FA6D6", "#C8631A", "#EBC9A6", "#3A3F3C"
ORCHARD_GROUND, LAWN = "#FFD27A", "#FFF1CF"


def lat_lon(point: Point) -> tuple[float, float]:
    """Latitude and longitude (WGS-84 degrees) of a point of the sheet.

    A plane touching the ellipsoid at `CENTRE`: metres to the north and east, divided by the lengths of a degree there.
    Within a kilometre it is right to a few centimetres.
    """
    right, up = point[0] - WIDTH / 2, HEIGHT / 2 - point[1]
    turn = radians(DECLINATION)
    east, north = right * cos(turn) + up * sin(turn), up * cos(turn) - right * sin(turn)
    north_degree, east_degree = _degree_lengths()
    return CENTRE[0] + north / north_degree, CENTRE[1] + east / east_degree


def sheet_point(lat: float, lon: float) -> Point:
    """The point of the sheet at a latitude and longitude: `lat_lon` the other way round."""
    north_degree, east_degree = _degree_lengths()
    north, east = (lat - CENTRE[0]) * north_degree, (lon - CENTRE[1]) * east_degree
    turn = radians(DECLINATION)
    right, up = east * cos(turn) - north * sin(turn), north * cos(turn) + east * sin(turn)
    return WIDTH / 2 + right, HEIGHT / 2 - up


def _degree_lengths() -> tuple[float, float]:
    """Metres in a degree of latitude and of longitude at `CENTRE`: the ellipsoid's two radii of curvature there."""
    major, square = 6378137.0, 0.00669437999014  # WGS-84: half axis, first eccentricity squared
    latitude = radians(CENTRE[0])
    root = sqrt(1 - square * sin(latitude) ** 2)
    meridian, across = major * (1 - square) / root**3, major / root
    return meridian / degrees(1), across * cos(latitude) / degrees(1)


def corners() -> list[list[float]]:
    """[[lat, lon] × 4] of the sheet: top left, top right, bottom right, bottom left."""
    ends = ((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT))
    return [[round(degree, 7) for degree in lat_lon(end)] for end in ends]


def outline() -> list[Point]:
    """The park's edge, the middle of its ring road, as a closed polygon in sheet metres."""
    segments = bend([place(item) for item in RING.line], closed=True)
    return [point for segment in segments for point in points_along(segment)[:-1]]


def draw() -> str:
    """The map as SVG text, `WIDTH` × `HEIGHT` units of one metre, without fonts, styles or outside references."""
    parts = [_shape(area, OLIVE) for area in SETTLEMENT]
    parts += [_area(outline(), WHITE), _area(RIVER, WATER, edge=True)]
    parts += [_area(lawn, LAWN) for lawn in LAWNS]
    parts += [_area(wood, LIGHT_GREEN) for wood in WOODS] + [_area(THICKET, GREEN)]
    parts += [_area(SLOW_WOOD, LIGHT_GREEN), _area(SLOW_WOOD, "url(#slow)")]
    parts += [_area(ORCHARD, ORCHARD_GROUND), _area(ORCHARD, "url(#orchard)"), _area(MARSH, "url(#marsh)")]
    parts += [_line(ring, BROWN, 1.4, closed=True) for ring in HILL] + [_line(slope, BROWN, 1.4) for slope in SLOPES]
    parts += [_line(POND_MARSH, STREAM, 1.8, dashes="11 5"), _area(LAKE, WATER, edge=True)]
    parts += [_area(ISLAND, WHITE, edge=True), _area(POND, WATER, edge=True)]
    parts += [_line(stream, STREAM, 4.4) for stream in STREAMS]
    parts += [_dot(tree) for tree in TREES]
    parts += [_ways("path")]
    parts += [_cased("boardwalk", WHITE, 7.4, 4.2), _roads()]
    parts += [_bridge(*bridge) for bridge in BRIDGES]
    parts += [_building(*building) for building in BUILDINGS]
    parts += [_line(((x, 0), (x, HEIGHT)), STREAM, 0.9, opacity=0.75) for x in NORTH_LINES]
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">\n'
        f'{_PATTERNS}\n<rect width="{WIDTH}" height="{HEIGHT}" fill="{YELLOW}"/>\n{body}\n</svg>\n'
    )


_PATTERNS = f"""<defs>
<pattern id="marsh" width="20" height="15" patternUnits="userSpaceOnUse">
<path d="M1 4H15M-9 11.5H5M11 11.5H25" stroke="{STREAM}" stroke-width="1.3"/></pattern>
<pattern id="orchard" width="15" height="15" patternUnits="userSpaceOnUse">
<g fill="{TREE}"><circle cx="4" cy="4" r="2.1"/><circle cx="11.5" cy="11.5" r="2.1"/></g></pattern>
<pattern id="slow" width="5" height="10" patternUnits="userSpaceOnUse">
<path d="M2.5 0V10" stroke="{TREE}" stroke-width="0.9"/></pattern>
</defs>"""


def _text(points: tuple[Point, ...] | list[Point], *, closed: bool = False) -> str:
    """The `d` of a smooth line through points."""
    segments = bend(points, closed=closed)
    start = f"M{segments[0][0][0]:g} {segments[0][0][1]:g}"
    turns = "".join("C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in segment[1:]) for segment in segments)
    return start + turns + ("Z" if closed else "")


def _area(points: tuple[Point, ...] | list[Point], fill: str, *, edge: bool = False) -> str:
    outlined = f' stroke="{BLACK}" stroke-width="1.6"' if edge else ""
    return f'<path d="{_text(points, closed=True)}" fill="{fill}"{outlined}/>'


def _shape(points: tuple[Point, ...], fill: str) -> str:
    return f'<polygon points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" fill="{fill}"/>'


def _line(
    points: tuple[Point, ...],
    colour: str,
    width: float,
    *,
    closed: bool = False,
    dashes: str = "",
    opacity: float = 1,
    cap: str = "round",
) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else f' stroke-linecap="{cap}"'
    faint = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    d = _text(points, closed=closed)
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}{faint}/>'


def _dot(point: Point) -> str:
    return f'<circle cx="{point[0]:g}" cy="{point[1]:g}" r="3.2" fill="{TREE}"/>'


def _building(x: float, y: float, width: float, depth: float, turn: float) -> str:
    turned = f' transform="rotate({turn:g} {x:g} {y:g})"' if turn else ""
    corner = f'x="{x - width / 2:g}" y="{y - depth / 2:g}"'
    return f'<rect {corner} width="{width:g}" height="{depth:g}" fill="{BUILT}"{turned}/>'


def _bridge(x: float, y: float, turn: float) -> str:
    return (
        f'<path d="M-6 -9L-4 -6V6L-6 9M6 -9L4 -6V6L6 9" fill="none" stroke="{BLACK}" stroke-width="1.6"'
        f' transform="translate({x:g} {y:g}) rotate({turn:g})"/>'
    )


def _points(path: Path) -> tuple[Point, ...]:
    return tuple(place(item) for item in path.line)


def _ways(kind: str) -> str:
    return "\n".join(_line(_points(path), BLACK, 2.3, dashes="13 4.5") for path in PATHS if path.kind == kind)


def _cased(kind: str, fill: str, outer: float, inner: float) -> str:
    ways = [path for path in PATHS if path.kind == kind]
    return "\n".join(
        _line(_points(path), colour, width, closed=path.closed)
        for colour, width in ((BLACK, outer), (fill, inner))
        for path in ways
    )


def _roads() -> str:
    """The ring road and the roads outside: all their edges first, so that no edge cuts a crossing."""
    lines = [(_points(RING), True, 11.0)] + [(road, False, 15.0) for road in OUTER_ROADS]
    return "\n".join(
        _line(points, colour, width - less, closed=closed, cap="butt")
        for colour, less in ((BLACK, 0.0), (PAVED, 3.0))
        for points, closed, width in lines
    )
