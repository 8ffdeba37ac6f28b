"""Draws lines over a scale, or bars in groups, as SVG that needs nothing else to be read."""

import math
from html import escape

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 84, 150, 48, 62
# Okabe and Ito's colours, which people who see fewer colours can tell apart; ours is the blue one.
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666", "#000000"]
ORDER = ["ehcached", "memcached"]


def short(value):
    """3500000 as 3.5 M; what is small with as many places as it needs."""
    for unit, letter in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if abs(value) >= unit:
            return f"{value / unit:.3g}{letter}"
    return f"{value:.3g}"


class Scale:
    """Where values lie between two ends of the picture."""

    def __init__(self, values, begin, end, log, from_zero=True):
        low, high = min(values), max(values)
        self.log = log
        self.begin, self.end = begin, end
        if log:
            self.low, self.high = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
            if self.low == self.high:
                self.high += 1
            steps = range(self.low, self.high + 1)
            self.ticks = [10.0**s for s in steps]
            if len(self.ticks) <= 3:
                self.ticks = [m * 10.0**s for s in steps for m in (1, 2, 5) if m * 10.0**s <= 10.0**self.high]
        else:
            step = self.step(high if from_zero else high - low)
            self.low = 0 if from_zero else math.floor(low / step) * step
            self.high = max(math.ceil(high / step - 1e-9) * step, self.low + step)
            self.ticks = [self.low + i * step for i in range(round((self.high - self.low) / step) + 1)]

    @staticmethod
    def step(extent):
        raw = (extent or 1) / 5
        power = 10 ** math.floor(math.log10(raw))
        return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw - 1e-12)

    def __call__(self, value):
        at = math.log10(value) if self.log else value
        return self.begin + (at - self.low) / (self.high - self.low) * (self.end - self.begin)


def text(x, y, words, anchor="middle", size=12, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{more}>{escape(str(words))}</text>'


def frame(chart, y):
    """The title, what the axes are, and the lines across."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' font-family="system-ui, sans-serif" fill="#222">',
        f"<title>{escape(chart['title'])}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text(LEFT, 26, chart["title"], "start", 15, ' font-weight="600"'),
        text(18, (TOP + HEIGHT - BOTTOM) / 2, chart["y"], more=f' transform="rotate(-90 18 {(TOP + HEIGHT - BOTTOM) / 2})"'),
    ]
    if chart.get("x"):
        parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, chart["x"]))
    for tick in y.ticks:
        at = y(tick)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(text(LEFT - 8, at + 4, short(tick), "end"))
    parts.append(f'<path d="M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}" stroke="#444"/>')
    return parts


def names_of(found):
    """Ours first and memcached second, whatever comes behind their names, so that colours keep their meaning."""
    known = {n: n.split(",")[0] for n in found}
    return sorted(found, key=lambda n: ORDER.index(known[n]) if known[n] in ORDER else len(ORDER))


def whisker(x, scale, low, high, colour):
    if low is None or high is None or low == high:
        return ""
    return f'<path d="M{x:.1f} {scale(low):.1f}V{scale(high):.1f}" stroke="{colour}" stroke-width="1.2" opacity=".6"/>'


def beside(labels):
    """Labels at the right end, moved apart where they would lie on each other."""
    parts, last = [], -100
    for at, name, colour in sorted(labels):
        last = max(at, last + 15)
        parts.append(text(WIDTH - RIGHT + 10, last + 4, name, "start", 12, f' fill="{colour}" font-weight="600"'))
    return parts


def lines(chart):
    points = [p for line in chart["lines"].values() for p in line]
    x = Scale([p[0] for p in points], LEFT + 10, WIDTH - RIGHT - 10, chart.get("x_log"), chart.get("x_zero", False))
    extent = [v for p in points for v in p[1:] if v is not None]
    y = Scale(extent, HEIGHT - BOTTOM, TOP, chart.get("y_log"))
    parts = frame(chart, y)
    ticks = sorted({p[0] for p in points}) if chart.get("x_as_measured") else x.ticks
    for tick in ticks:
        parts.append(f'<path d="M{x(tick):.1f} {HEIGHT - BOTTOM}v5" stroke="#444"/>')
        parts.append(text(x(tick), HEIGHT - BOTTOM + 20, short(tick)))
    labels = []
    for colour, name in zip(COLOURS, names_of(chart["lines"])):
        line = sorted(chart["lines"][name])
        if not line:
            continue
        path = "L".join(f"{x(p[0]):.1f} {y(p[1]):.1f}" for p in line)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for p in line:
            parts.append(f'<circle cx="{x(p[0]):.1f}" cy="{y(p[1]):.1f}" r="3" fill="{colour}"/>')
            if len(p) == 4:
                parts.append(whisker(x(p[0]), y, p[2], p[3], colour))
        labels.append((y(line[-1][1]), name, colour))
    return parts + beside(labels)


def bars(chart):
    groups = chart["bars"]
    names = names_of({n: None for bars in groups.values() for n in bars})
    values = [v for group in groups.values() for bar in group.values() for v in bar if v is not None]
    y = Scale(values, HEIGHT - BOTTOM, TOP, False)
    parts = frame(chart, y)
    room = (WIDTH - RIGHT - LEFT) / len(groups)
    width = min(46, room * 0.84 / len(names))
    for i, (group, found) in enumerate(groups.items()):
        middle = LEFT + room * (i + 0.5)
        parts.append(text(middle, HEIGHT - BOTTOM + 20, group))
        for j, name in enumerate(names):
            if name not in found:
                continue
            colour = COLOURS[j % len(COLOURS)]
            at = middle + (j - len(names) / 2) * width
            top = y(found[name][0])
            parts.append(f'<rect x="{at + 1:.1f}" y="{top:.1f}" width="{width - 2:.1f}"'
                         f' height="{HEIGHT - BOTTOM - top:.1f}" fill="{colour}"/>')
            if len(found[name]) == 3:
                parts.append(whisker(at + width / 2, y, *found[name][1:], "#000"))
            parts.append(text(at + width / 2, min(top, y(max(v for v in found[name] if v is not None))) - 4,
                              short(found[name][0]), size=10))
    return parts + beside([(TOP + 10 + 18 * j, n, COLOURS[j % len(COLOURS)]) for j, n in enumerate(names)])


def draw(chart):
    """Returns the picture of a chart: title, x, y, and lines or bars by name."""
    return "\n".join((bars if "bars" in chart else lines)(chart) + ["</svg>"]) + "\n"
