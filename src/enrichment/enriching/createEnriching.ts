/**
 * What is done for an alert that is due. Whatever can't be done now is put back with the exact time it can go: a new message first, then the
 * record, so that an alert that waits has a message at any moment. Messages may come twice, late and at once: whoever writes first has done it.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import { mostDelaySeconds, type Queue } from '../../storage/queue.ts';
import { told } from '../../toldFault.ts';
import type { AlertStore, Versioned } from '../alertStore.ts';
import type { Ending } from '../ending.ts';
import type { EnrichMessage, Ticketed } from '../messages.ts';
import { type AlertRecord, isFinal } from '../record.ts';
import { sendAlerts } from '../sendAlerts.ts';
import { type AskingParts, askMachines } from './askMachines.ts';
import { endedUnasked, type JudgingRules, judge, lookAgainAt, type Moment, triedInVain, tryAgain } from './judge.ts';
import type { Later, Outcome } from './outcome.ts';
import { createSpreading } from './spreading.ts';

export interface Enriching {
  /** All alerts of a message at once, so that their lookups travel together. @throws where storage takes nothing at all */
  enrich(message: EnrichMessage): Promise<void>;
}

export interface EnrichingOptions extends AskingParts {
  readonly store: AlertStore;
  /** `alerts-to-enrich`. */
  readonly queue: Queue;
  readonly end: Ending;
  readonly rules: JudgingRules;
  readonly clock: Clock;
  readonly log: Log;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** Where not even the record can be read or a message be sent with a new ticket; the one at hand would come back at once, and be given up after five times. */
const faultDelaySeconds = 20;
/** Rivals for one alert are few; what they write is looked at again. */
const mostRivals = 10;

export const createEnriching = (options: EnrichingOptions): Enriching => {
  const { store, queue, end, rules, clock, log, random } = options;
  const spread = createSpreading();
  const moment = (): Moment => ({ now: clock.wall(), random: random() });

  const outcomeOf = async (record: AlertRecord): Promise<Outcome> => {
    const isLast = lookAgainAt(record, rules, clock.wall()) === undefined;
    const asking = () => askMachines(record, { isFirst: !record.looks, isLast }, options);
    return endedUnasked(record) ?? judge(record, await asking(), rules, moment());
  };

  const putBack = async ({ value, version }: Versioned<AlertRecord>, later: Later): Promise<void> => {
    const { reason, calls, because } = later;
    // Those that name their machines travel together, and are best left so.
    const at = because === 'quota' && value.machineIds.length === 0 ? spread(later.at) : later.at;
    const ticket = value.ticket + 1;
    const seconds = Math.max(0, Math.ceil((at - clock.wall()) / 1000));
    await sendAlerts(queue, [{ key: value.key, ticket }], Math.min(seconds, mostDelaySeconds));
    const tries = value.tries + (because === 'fault' ? 1 : 0);
    const looks = later.isWhole ? (value.looks ?? 0) + 1 : value.looks;
    const next = { ...value, ticket, tries, looks, reason, due: at, calls: value.calls + calls };
    // Once the message is sent, the alert comes again, and finds what stands there: another message would be one too many.
    await store.save(next, version).catch((fault: unknown) => {
      if (!(fault instanceof Overtaken)) log.warn('An alert that was put back was not written', { fault: told(fault) });
    });
  };

  const settle = (found: Versioned<AlertRecord>, outcome: Outcome): Promise<void> => {
    if (outcome.kind === 'later') return putBack(found, outcome);
    return end(found, outcome, found.value.tries + 1 < rules.mostTries ? 'needed' : 'ifThere');
  };

  /** A fault may last, of this alert alone: it is a try in vain. Where not even its failure can be written, it is tried ever more seldom. */
  const afterFault = async (found: Versioned<AlertRecord>, fault: unknown, calls: number): Promise<void> => {
    if (fault instanceof Overtaken) throw fault;
    const { value } = found;
    log.warn('An alert met a fault, and is put back', { alertId: value.alertId, fault: told(fault) });
    const why = { reason: `the gateway met a fault: ${told(fault)}`, calls };
    const outcome = triedInVain(value, why, rules, moment());
    if (outcome.kind === 'later') return putBack(found, outcome);
    await settle(found, outcome).catch((last: unknown) => {
      if (last instanceof Overtaken) throw last;
      return putBack(found, tryAgain(value, why, rules, moment()));
    });
  };

  const tryOnce = async ({ key, ticket }: Ticketed): Promise<void> => {
    const found = await store.read(key);
    if (!found || isFinal(found.value) || ticket < found.value.ticket) return;
    let calls = 0;
    try {
      const outcome = await outcomeOf(found.value);
      calls = outcome.calls;
      await settle(found, outcome);
    } catch (fault) {
      await afterFault(found, fault, calls);
    }
  };

  /** An alert that was written to while it was enriched is looked at again: what was said of it may be a further machine. */
  const enrichOne = async (alert: Ticketed): Promise<void> => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await tryOnce(alert);
      } catch (fault) {
        if (!(fault instanceof Overtaken) || tried === mostRivals) throw fault;
      }
    }
  };

  return {
    async enrich({ alerts }) {
      const ended = await Promise.allSettled(alerts.map(enrichOne));
      const undone = alerts.filter((_, at) => ended[at]?.status === 'rejected');
      const fault = ended.find((one) => one.status === 'rejected');
      if (!fault) return;
      log.warn('Alerts are put back after a fault', { alerts: undone.length, fault: told(fault.reason) });
      await sendAlerts(queue, undone, faultDelaySeconds);
    },
  };
};
