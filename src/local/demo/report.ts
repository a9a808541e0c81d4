import type { Paint } from '../stack/command/paint.ts';
import type { Observation } from './observation.ts';

/** A scene that was played. */
export interface Played {
  readonly title: string;
  readonly seconds: number;
  readonly observations: readonly Observation[];
}

/** What was done in a scene and seen, two lines for each. */
export const sceneLines = ({ title, observations }: Played, paint: Paint): readonly string[] => [
  '',
  paint('bold', title),
  ...observations.flatMap(({ did, saw, wrong }) => [
    `  ${mark(wrong === undefined, paint)} ${did}`,
    `    ${saw}`,
    ...(wrong === undefined ? [] : [paint('red', `    expected: ${wrong}`)]),
  ]),
];

/** A line for each scene, and at the end a line for each thing that was not as it should be. */
export const summaryLines = (played: readonly Played[], paint: Paint): readonly string[] => {
  const width = Math.max(...played.map(({ title }) => title.length));
  const rows = played.map((scene) => {
    const good = scene.observations.filter(({ wrong }) => wrong === undefined).length;
    const all = scene.observations.length;
    return `  ${mark(good === all, paint)} ${scene.title.padEnd(width)}  ${good} of ${all}  ${scene.seconds.toFixed(1)} s`;
  });
  const faults = faultsOf(played);
  const verdict =
    faults.length === 0 ? ['All as it should be.'] : ['Not as it should be:', ...faults.map((one) => `  ${one}`)];
  return ['', paint('bold', 'Summary'), ...rows, '', ...verdict];
};

/** What was not as it should be. */
export const faultsOf = (played: readonly Played[]): readonly string[] =>
  played.flatMap(({ title, observations }) =>
    observations.flatMap(({ did, saw, wrong }) =>
      wrong === undefined ? [] : [`${title}: ${did}: expected ${wrong}; saw ${saw}`],
    ),
  );

const mark = (good: boolean, paint: Paint): string => (good ? paint('green', '✓') : paint('red', '✗'));
