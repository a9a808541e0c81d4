/**
 * A write on a version, whose answer may be lost. Then what stands there tells: what was to be written, the version as before (write
 * again), or something else.
 */
import type { Clock } from '../clock.ts';
import { Overtaken } from './overtaken.ts';
import type { Found } from './tableRequests.ts';
import { isPassing, waitsMs } from './tableRetries.ts';
import { statusOf } from './tableService.ts';

export interface ConditionalWrite {
  /** For the message where somebody else was faster. */
  readonly what: string;
  /** One request. @returns the version written; undefined where the answer does not tell */
  send(): Promise<string | undefined>;
  look(): Promise<Standing>;
}

export type Standing =
  | { readonly kind: 'written'; readonly version: string }
  | { readonly kind: 'asBefore' }
  | { readonly kind: 'other' };

/** @param written properties that the row was to have @param version that it had before; undefined where there was none */
export const standingOf = (
  found: Found | undefined,
  written: Readonly<Record<string, unknown>>,
  version: string | undefined,
): Standing => {
  if (found?.etag === version) return { kind: 'asBefore' };
  const isSame = found && Object.entries(written).every(([name, value]) => found[name] === value);
  return isSame ? { kind: 'written', version: found.etag } : { kind: 'other' };
};

/**
 * @returns the version written
 * @throws Overtaken where somebody else wrote first
 * @throws the service's fault where it does not answer for some seconds, or refuses for another reason
 */
export const settledWrite = async (clock: Pick<Clock, 'sleep'>, write: ConditionalWrite): Promise<string> => {
  let isOpen = false;
  for (const wait of [...waitsMs, 0]) {
    const sent = await outcomeOf(write);
    if (sent.kind === 'written') return sent.version;
    if (sent.kind === 'refused' && !isOpen) throw overtaken(write, sent.fault);
    isOpen = true;
    await clock.sleep(wait);
    const standing = await write.look();
    if (standing.kind === 'written') return standing.version;
    if (standing.kind === 'other') throw overtaken(write, sent.fault);
    if (wait === 0) throw sent.fault;
  }
  throw new Error(`${write.what} was not written`);
};

const overtaken = ({ what }: ConditionalWrite, cause: unknown): Overtaken =>
  new Overtaken(`${what} was written by somebody else`, { cause });

type Outcome =
  | { readonly kind: 'written'; readonly version: string }
  | { readonly kind: 'refused' | 'open'; readonly fault: unknown };

/** It exists already, it is gone, it is another. */
const refusals = [409, 404, 412];

const outcomeOf = async ({ what, send }: ConditionalWrite): Promise<Outcome> => {
  try {
    const version = await send();
    if (version !== undefined) return { kind: 'written', version };
    return { kind: 'open', fault: new Error(`Table storage did not say what became of ${what}`) };
  } catch (fault) {
    if (refusals.includes(statusOf(fault) ?? 0)) return { kind: 'refused', fault };
    if (isPassing(fault)) return { kind: 'open', fault };
    throw fault;
  }
};
