/** The drawing: the gate over the whole width, the others in a row beneath it, one legend for all. */
import { type Limit, printLimits } from '../../../src/quota/limits.ts';
import { colours, seriesColours } from './colours.ts';
import { freezeMark, killMark, type PanelContent, type Place, panel } from './panel.ts';
import { element, line, text } from './svg.ts';

const width = 1080;
const head = 84;
const oursHeight = 330;
const peersHeight = 280;

/** @param contents the first is ours. @returns an SVG document */
export const drawing = (contents: readonly PanelContent[], limits: readonly Limit[], subtitle: string): string => {
  const height = head + oursHeight + (contents.length > 1 ? peersHeight : 0);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': 'system-ui, sans-serif',
      'font-size': 12,
    },
    element('title', {}, `How full the windows of ${printLimits(limits)} were`),
    element('rect', { width, height, fill: colours.paper }),
    text(16, 26, 'How full each window was, by the upstream’s own log', {
      'font-size': 17,
      'font-weight': 600,
      fill: colours.ink,
    }),
    text(16, 46, subtitle, { fill: colours.faint }),
    legend(limits, 16, 70),
    ...contents.map((content, i) => panel(content, placeOf(i, contents.length - 1))),
  );
};

const placeOf = (index: number, peers: number): Place => {
  if (index === 0) return { x: 0, y: head, width, height: oursHeight };
  const share = width / peers;
  return { x: (index - 1) * share, y: head + oursHeight, width: share, height: peersHeight };
};

const legend = (limits: readonly Limit[], x: number, y: number): string => {
  const series = limits.map(({ calls, seconds }, i) => ({
    sign: (at: number) =>
      line(at, y - 4, at + 22, y - 4, { stroke: seriesColours[i] ?? colours.ink, 'stroke-width': 2.5 }),
    name: `${calls} calls in ${seconds} s`,
  }));
  const limit = {
    sign: (at: number) =>
      line(at, y - 4, at + 22, y - 4, { stroke: colours.limit, 'stroke-width': 1.5, 'stroke-dasharray': '5 3' }),
    name: 'the limit',
  };
  const killed = { sign: (at: number) => killMark(at + 11, y - 9), name: 'a process killed' };
  const frozen = { sign: (at: number) => freezeMark(at, at + 22, y - 8), name: 'a process frozen' };
  let at = x;
  const signs = [...series, limit, killed, frozen].map(({ sign, name }) => {
    const drawn = sign(at) + text(at + 28, y, name, { fill: colours.ink });
    at += 28 + name.length * 6.6 + 26;
    return drawn;
  });
  return element('g', {}, ...signs);
};
