/** All that goes wrong in a run: instances die, storage and Defender have bad times. */
import type { Clock } from '../../../src/clock.ts';
import { randomOf } from '../../quota/random.ts';
import type { Instances } from '../hosting/instances.ts';
import { troubleOf } from './defenderTrouble.ts';
import { type Killer, startKiller } from './killer.ts';
import { runSpells } from './spells.ts';
import { type Spoil, spoilOf } from './spoiling.ts';

export interface Chaos {
  /** Asked for each request to storage. */
  spoil(): Spoil;
  /** From here on things go wrong. */
  begin(on: ChaosOptions): void;
  /** From here on all is well. Harmless when nothing began. */
  end(): Promise<Troubles>;
}

export interface ChaosOptions {
  readonly instances: Pick<Instances, 'running'>;
  /** Sets what Defender does wrong. */
  readonly trouble: (rules: readonly object[]) => Promise<void>;
  readonly clock: Clock;
}

export interface Troubles {
  readonly kills: { readonly host: number; readonly worker: number };
  /** Bad times of storage and of Defender. */
  readonly storageSpells: number;
  readonly defenderSpells: number;
}

/** Shares of the requests to storage that are spoilt: in good times, and in bad ones. */
const usualShare = 0.002;
const badShare = 0.25;

/** @param seed the same makes the same numbers */
export const createChaos = (seed: number): Chaos => {
  const random = (stream: number) => randomOf(seed * 16 + stream);
  const storage = unsteadyStorage(random(1));
  const stopping = new AbortController();
  let running: Promise<Troubles> = Promise.resolve(none);
  return {
    spoil: storage.spoil,
    begin({ instances, trouble, clock }) {
      const { signal } = stopping;
      const killer = startKiller({ instances, clock, random: random(2), signal });
      const storageSpells = runSpells({ ...ofStorage, ...storage, clock, random: random(3), signal });
      const draw = random(4);
      const begin = () => trouble(troubleOf(draw));
      const defender = { ...ofDefender, begin, end: () => trouble([]) };
      const defenderSpells = runSpells({ ...defender, clock, random: random(5), signal });
      running = told(killer, storageSpells, defenderSpells);
    },
    async end() {
      stopping.abort();
      const troubles = await running;
      storage.heal();
      return troubles;
    },
  };
};

/** Milliseconds of good times and of bad ones. */
const ofStorage = { calm: [6_000, 16_000], trouble: [2_000, 5_000] } as const;
const ofDefender = { calm: [8_000, 20_000], trouble: [3_000, 8_000] } as const;

const none: Troubles = { kills: { host: 0, worker: 0 }, storageSpells: 0, defenderSpells: 0 };

const told = async (
  { kills, ended }: Killer,
  storage: Promise<number>,
  defender: Promise<number>,
): Promise<Troubles> => {
  const [storageSpells, defenderSpells] = await Promise.all([storage, defender, ended]);
  return { kills, storageSpells, defenderSpells };
};

/** Spoils few requests between two bad times, and none before the first and once it is healed. */
const unsteadyStorage = (random: () => number) => {
  let share = 0;
  const setTo = (next: number) => () => {
    share = next;
  };
  return {
    spoil: (): Spoil => spoilOf(share, random),
    begin: setTo(badShare),
    end: setTo(usualShare),
    heal: setTo(0),
  };
};
