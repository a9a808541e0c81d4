import * as fc from 'fast-check';
import { drawing } from '../../../bench/quota/drawing/drawing.ts';
import type { PanelContent } from '../../../bench/quota/drawing/panel.ts';
import { linear, ticks } from '../../../bench/quota/drawing/scale.ts';
import { element, polyline, text } from '../../../bench/quota/drawing/svg.ts';
import { law } from '../../support/law.ts';

describe('a scale', () => {
  it('takes nothing to its start, the most to its end, and half to the middle', () => {
    expect([0, 5, 10].map(linear(10, 100, 0))).toEqual([100, 50, 0]);
    expect([0, 1].map(linear(0, 7, 9))).toEqual([7, 7]);
  });
});

describe('ticks', () => {
  it.each([
    [372, 12, 50],
    [17, 12, 2],
    [1.2, 6, 0.2],
    [0.9, 5, 0.2],
  ])('up to %d, at most %d, are %d apart', (most, atMost, step) => {
    expect((ticks(most, atMost)[1] ?? 0) - (ticks(most, atMost)[0] ?? 0)).toBeCloseTo(step);
  });

  it('begin at 0, are even, do not go beyond the most, and are not too many', () => {
    law(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 2, max: 20 }), (hundredths, atMost) => {
        const most = hundredths / 100;
        const found = ticks(most, atMost);
        expect(found[0]).toBe(0);
        expect(found.at(-1)).toBeLessThanOrEqual(most * (1 + 1e-9));
        expect(found.length).toBeLessThanOrEqual(atMost + 1);
        expect(found.length * (found[1] ?? most)).toBeGreaterThan(most * (1 - 1e-9));
      }),
    );
  });
});

describe('an element', () => {
  it('has its attributes and children, and no character that would end it', () => {
    expect(text(1, 2.345, 'a < b & "c"', { fill: '"' })).toBe(
      '<text x="1" y="2.35" fill="&quot;">a &lt; b &amp; &quot;c&quot;</text>',
    );
    expect(element('g', {})).toBe('<g/>');
    expect(polyline([[0, 1.004] as const, [2, 3] as const], {})).toBe('<polyline points="0,1 2,3" fill="none"/>');
  });
});

const content: PanelContent = {
  title: 'one & only',
  verdict: '3 calls, 1 over the limit',
  isBroken: true,
  milliseconds: 10_000,
  fills: [[0, 0.5, 1.5].map((share, i) => ({ at: i * 5000, share }))],
  happened: [
    { kind: 'kill', at: 5000, who: 0 },
    { kind: 'freeze', at: 2000, who: 0, forMs: 1000 },
    { kind: 'call', at: 1, who: 0, priority: 'interactive' },
  ],
};

describe('the drawing', () => {
  const drawn = drawing([content, content], [{ calls: 2, seconds: 6 }], 'how it was');

  it('holds a curve, a kill and a freeze for each, and in the legend', () => {
    expect(drawn.match(/<polyline/g)).toHaveLength(2);
    expect(drawn.match(/<path/g)).toHaveLength(3);
    expect(drawn.match(/#8fa3b8/g)).toHaveLength(3);
    expect(drawn).toContain('2 calls in 6 s');
    expect(drawn).toContain('one &amp; only');
  });

  it('draws the curve above the line of the limit where it is above the limit', () => {
    const [, points = ''] = /<polyline points="([^"]+)"/.exec(drawn) ?? [];
    const heights = points.split(' ').map((point) => Number(point.split(',')[1]));
    const [, limitY] = /<line x1="[\d.]+" y1="([\d.]+)"[^>]+stroke-dasharray="5 3"\/><\/?g/.exec(drawn) ?? [];
    expect(heights[0]).toBeGreaterThan(Number(limitY));
    expect(heights[2]).toBeLessThan(Number(limitY));
  });

  it('places nothing outside the paper', () => {
    const numbersOf = (name: string) =>
      [...drawn.matchAll(new RegExp(` ${name}="(-?[\\d.]+)"`, 'g'))].map(([, n]) => Number(n));
    const [width = 0] = numbersOf('width');
    const [height = 0] = numbersOf('height');
    for (const x of [...numbersOf('x'), ...numbersOf('x1'), ...numbersOf('x2')])
      expect(x >= 0 && x <= width).toBe(true);
    for (const y of [...numbersOf('y'), ...numbersOf('y1'), ...numbersOf('y2')])
      expect(y >= 0 && y <= height).toBe(true);
  });
});
