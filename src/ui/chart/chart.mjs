// A chart of lines over time, drawn by uPlot: hover, drag to zoom, a scale of powers, one line upon the other.
import uPlot from '../uplot.mjs';
import { clock } from '../times.mjs';
import { formatOf } from '../words.mjs';
import { colourOf, dashOf } from './colours.mjs';
import { tooltip } from './tooltip.mjs';
import { hasIsolated, lastOf, positive, stacked, timesOf, verticalSpan } from './series.mjs';

/**
 * Draws into a place. given: { lines: [{ name, points, place?, hidden? }], span: { since, until, step }, unit, log, stack, height, title };
 * zoom is told of a dragged stretch. update() with lines of the same number changes the values in place; nothing flickers.
 */
export class Chart {
  #plot;
  #given;
  #shape;
  #zoom;
  #place;
  #watch;

  constructor(place, { zoom } = {}) {
    this.#place = place;
    this.#zoom = zoom;
    this.#watch = new ResizeObserver(() => {
      const width = place.clientWidth;
      if (this.#plot !== undefined && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: this.#given.height });
    });
    this.#watch.observe(place);
  }

  update(given) {
    const { lines, span, unit, log = false, stack = false, height = 300 } = given;
    this.#given = { ...given, height };
    this.#place.setAttribute('role', 'img');
    this.#place.setAttribute('aria-label', described(given));
    const times = timesOf(span);
    const shown = lines.map(({ points, hidden }) => (hidden ? points.map(() => null) : points));
    const heights = stack ? stacked(shown) : shown;
    const data = [times, ...(log ? heights.map(positive) : heights)];
    const shape = JSON.stringify([lines.map(({ place, hidden }, n) => [place ?? n, hidden]), unit, log, stack, height, span.until - span.since > 86_400]);
    if (this.#plot === undefined || shape !== this.#shape) {
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(), data, this.#place);
      this.#shape = shape;
    } else {
      this.#plot.setData(data);
    }
  }

  /** As where the colours of the page have changed. */
  redraw() {
    if (this.#plot === undefined) return;
    this.#shape = undefined;
    this.update(this.#given);
  }

  close() {
    this.#watch.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #options() {
    const { lines, unit, log, stack, height } = this.#given;
    const read = formatOf(unit);
    const [ink, grid] = ['.ink', '.grid'].map((name) => colourIn(this.#place, name));
    const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 }, font: '12px system-ui, sans-serif' };
    const spanNow = () => this.#given.span;
    return {
      width: this.#place.clientWidth,
      height,
      legend: { show: false },
      cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false, setScale: false } },
      scales: {
        x: { time: true, range: () => [spanNow().since, spanNow().until] },
        y: log ? { distr: 3 } : { range: (_, low, high) => verticalSpan(low, high) },
      },
      axes: [
        { ...axis, space: 90, values: (_, ticks) => ticks.map((at) => clock(at, Math.max(spanNow().until - spanNow().since, ticks.length > 1 && ticks[1] - ticks[0] >= 60 ? 7200 : 0))) },
        { ...axis, ...(/^(s|seconds)$/.test(unit ?? '') && !log && { incrs: roundDurations }), size: (_, values) => 24 + 7 * Math.max(3, ...(values ?? []).map((text) => text.length)), values: (_, ticks) => ticks.map((value) => (value === null ? '' : read(Number(value.toPrecision(12))))) },
      ],
      series: [
        {},
        ...lines.map(({ place }, n) => {
          const colour = colourOf(place ?? n);
          return {
            stroke: colour, width: 1.75, dash: dashOf(place ?? n), spanGaps: false,
            ...(stack && { fill: `${colour}30` }),
            points: { show: (self, at) => hasIsolated(self.data[at]) },
          };
        }),
      ],
      bands: stack ? lines.slice(1).map((_, n) => ({ series: [n + 2, n + 1] })) : [],
      hooks: {
        setCursor: [(self) => tooltip(self, this.#given, read)],
        setSelect: [(self) => this.#select(self)],
      },
    };
  }

  #select(self) {
    const { left, width } = self.select;
    if (width < 4) return;
    const [from, to] = [self.posToVal(left, 'x'), self.posToVal(left + width, 'x')];
    self.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.#zoom?.(Math.floor(from), Math.max(Math.ceil(to), Math.floor(from) + 4));
  }
}

const roundDurations = [1e-6, 1e-5, 1e-4, 5e-4, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200,
  21_600, 43_200, 86_400, 172_800, 432_000, 864_000, 8_640_000, 86_400_000];

/** What a colour of the page is now. */
function colourIn(place, name) {
  const probe = document.createElement('i');
  probe.className = name.slice(1);
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const mostDescribed = 10;

/** For who does not see it: which lines, and what they read last. */
function described({ title, lines, unit }) {
  const read = formatOf(unit);
  const shown = lines.filter(({ hidden }) => !hidden);
  const said = shown.slice(0, mostDescribed).map(({ name, points }) => `${name} ${read(lastOf(points))}`);
  return `${title}: ${said.length === 0 ? 'nothing' : said.join('; ')}${shown.length > mostDescribed ? `; and ${shown.length - mostDescribed} more` : ''}`;
}
