import { type Burst, burstOf, type Made, numberIn, waitSeconds } from '../burst.ts';
import { type Observation, observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import { quotaSeen, tracesOf } from '../simulatorLog.ts';
import type { Stage } from '../stage.ts';

const calls = 120;

export const burst: Scene = {
  title: `${calls} calls in one moment`,
  async play(stage) {
    const played = await burstOf(stage, calls);
    return [await waited(stage, played), refused(played), obeyed(played), await atDefender(stage)];
  },
};

const waited = async (stage: Stage, { made }: Burst): Promise<Observation> => {
  const waiting = made.filter(({ canWait }) => canWait);
  const served = waiting.filter(wasServed);
  const longest = Math.max(...waiting.map(({ answer }) => answer.ms));
  const arrived = (await tracesOf(stage, 'listMachines')).map(numberIn);
  const order = orderOf(arrived.filter((number) => waiting.some((one) => one.number === number)));
  const saw = `${served.length} served, the last after ${(longest / 1000).toFixed(1)} s, ${order}`;
  return observation(`${waiting.length} with Prefer: wait=${waitSeconds}`, saw, {
    'all of them served': served.length === waiting.length,
    'some of them after a wait': longest > 1000,
  });
};

/** Told, not judged: a machine that is busy with other things can let some miss their turn. */
const orderOf = (numbers: readonly number[]): string => {
  const overtaken = numbers.filter((number, index) => numbers.slice(0, index).some((earlier) => earlier > number));
  return overtaken.length === 0 ? 'in the order in which they came' : `${overtaken.length} of them overtaken`;
};

const refused = ({ made }: Burst): Observation => {
  const hurried = made.filter(({ canWait }) => !canWait);
  const told = hurried.filter(({ answer }) => answer.status === 429).map(retryAfter);
  const served = hurried.filter(wasServed).length;
  const saw = `${served} served at once, ${told.length} told to come back after ${Math.min(...told)} to ${Math.max(...told)} s`;
  return observation(`${hurried.length} with Prefer: wait=0`, saw, {
    'every one served or refused with 429': served + told.length === hurried.length,
    'some of them refused': told.length > 0,
    'a Retry-After of whole seconds on each 429': told.every((seconds) => Number.isInteger(seconds) && seconds >= 1),
  });
};

const obeyed = ({ obeyed: one }: Burst): Observation => {
  const [first, again] = one?.told ?? [];
  const more =
    again === undefined ? '' : `, and ${again} s more: those who waited had missed their turn and took its place`;
  return observation(
    'the last one refused comes back when it was told to',
    `${one?.answer.status} after ${first} s${more}`,
    {
      'status 200': one?.answer.status === 200,
    },
  );
};

const atDefender = async (stage: Stage): Promise<Observation> => {
  const { fullest, within, refused } = await quotaSeen(stage);
  const { calls: most, seconds } = stage.limit;
  const saw = `at most ${fullest} calls of a kind in any ${seconds} s (${most} are allowed), ${refused} refused by Defender`;
  return observation("Defender's own log", saw, {
    'no window above the limit': within,
    'no call refused by Defender': refused === 0,
  });
};

const wasServed = ({ answer }: Made): boolean => answer.status === 200;
const retryAfter = ({ answer }: Made): number => Number(answer.headers.get('retry-after'));
