/** One contender's part of the drawing: the fill of each window over time, the limit, and who was killed and frozen when. */
import type { Fill } from '../measure/fillOverTime.ts';
import type { Happening } from '../torture/timetable.ts';
import { colours, seriesColours } from './colours.ts';
import { linear, type Scale, ticks } from './scale.ts';
import { element, line, polyline, text } from './svg.ts';

export interface PanelContent {
  readonly title: string;
  readonly verdict: string;
  readonly isBroken: boolean;
  readonly milliseconds: number;
  /** For each limit. */
  readonly fills: readonly (readonly Fill[])[];
  readonly happened: readonly Happening[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Axes {
  readonly time: Scale;
  readonly share: Scale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly mostShare: number;
}

const margin = { left: 64, right: 12, top: 44, bottom: 58 };
const laneHeight = 14;

export const panel = (content: PanelContent, place: Place): string => {
  const axes = axesOf(content, place);
  return element('g', {}, heading(content, place), grid(content, axes), ...curves(content, axes), lane(content, axes));
};

const axesOf = ({ milliseconds, fills }: PanelContent, { x, y, width, height }: Place): Axes => {
  const peak = Math.max(0, ...fills.flat().map(({ share }) => share));
  const mostShare = Math.max(1.2, Math.ceil(peak * 1.05 * 5) / 5);
  const [left, right] = [x + margin.left, x + width - margin.right];
  const [top, bottom] = [y + margin.top, y + height - margin.bottom];
  const time = linear(milliseconds, left, right);
  return { time, share: linear(mostShare, bottom, top), left, right, top, bottom, mostShare };
};

const heading = ({ title, verdict, isBroken }: PanelContent, { x, y }: Place): string =>
  text(x + margin.left, y + 16, title, { 'font-size': 14, 'font-weight': 600, fill: colours.ink }) +
  text(x + margin.left, y + 33, verdict, { fill: isBroken ? colours.limit : colours.faint });

const grid = ({ milliseconds }: PanelContent, { time, share, left, right, top, bottom, mostShare }: Axes): string => {
  const shares = ticks(mostShare, 6).map((value) =>
    [
      line(left, share(value), right, share(value), { stroke: colours.grid }),
      text(left - 6, share(value) + 4, `${Math.round(value * 100)} %`, { 'text-anchor': 'end' }),
    ].join(''),
  );
  const seconds = ticks(milliseconds / 1000, right - left > 500 ? 12 : 5).map((value) =>
    text(time(value * 1000), bottom + laneHeight + 18, String(value), { 'text-anchor': 'middle' }),
  );
  const above = element('rect', {
    x: left,
    y: top,
    width: right - left,
    height: Math.max(0, share(1) - top),
    fill: colours.above,
  });
  const middle = (top + bottom) / 2;
  const names = [
    text((left + right) / 2, bottom + laneHeight + 36, 'seconds', { 'text-anchor': 'middle' }),
    text(left - 48, middle, 'of the limit', {
      'text-anchor': 'middle',
      transform: `rotate(-90 ${left - 48} ${middle})`,
    }),
  ];
  return element('g', { fill: colours.faint, 'font-size': 11 }, above, ...shares, ...seconds, ...names);
};

const curves = ({ fills }: PanelContent, { time, share, left, right }: Axes): readonly string[] => [
  ...fills.map((fill, i) =>
    polyline(
      fill.map((one) => [time(one.at), share(one.share)] as const),
      {
        stroke: seriesColours[i % seriesColours.length] ?? colours.ink,
        'stroke-width': 1.75,
        'stroke-linejoin': 'round',
      },
    ),
  ),
  line(left, share(1), right, share(1), { stroke: colours.limit, 'stroke-width': 1.5, 'stroke-dasharray': '5 3' }),
];

/** Beneath the curves: a mark for each kill, a bar as long as each freeze. */
const lane = ({ happened }: PanelContent, { time, left, right, bottom }: Axes): string => {
  const kills = happened.map((it) => (it.kind === 'kill' ? killMark(time(it.at), bottom + 2) : ''));
  const freezes = happened.map((it) =>
    it.kind === 'freeze' ? freezeMark(time(it.at), Math.min(right, time(it.at + it.forMs)), bottom + 2) : '',
  );
  return element('g', {}, ...freezes, ...kills, line(left, bottom, right, bottom, { stroke: colours.faint }));
};

export const killMark = (x: number, y: number): string =>
  element('path', { d: `M${x.toFixed(1)} ${y}l4.5 9h-9z`, fill: colours.ink });

export const freezeMark = (from: number, to: number, y: number): string =>
  element('rect', { x: from, y: y + 2, width: Math.max(2, to - from), height: 5, fill: colours.frozen });
