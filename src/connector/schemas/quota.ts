/** What `/gateway/quota` tells (`src/functions/quotaPage.ts`). */
import * as z from 'zod';
import { shown } from './shown.ts';

const instant = z.iso.datetime();

const moment = z.object({
  at: shown(instant, 'At', 'As an instant.'),
  inSeconds: shown(z.number(), 'In Seconds', 'From now on.'),
});

const byClass = (whose: string) =>
  z.object({
    interactive: shown(z.int(), 'Interactive', whose),
    enrichment: shown(z.int(), 'Enrichment', whose),
    background: shown(z.int(), 'Background', whose),
  });

const usedBy = byClass('Calls of this class.').extend({
  foreign: shown(z.int(), 'Foreign', 'Calls of others, as far as Defender told of them.'),
});

const limit = z.object({
  name: shown(z.string(), 'Name', 'By its length: minute, hour.'),
  calls: shown(z.int(), 'Calls', 'That it allows.'),
  seconds: shown(z.int(), 'Seconds', 'In which it does.'),
  used: shown(z.int(), 'Used', 'Calls of the window that ends now.'),
  usedBy: shown(usedBy, 'Used By', 'Whose calls these were.'),
  left: shown(z.int(), 'Left', 'How many could go now.'),
  resetsInSeconds: shown(z.number(), 'Resets in Seconds', 'Until one more is left; 0 where all are.'),
});

const nextFree = z.object({
  interactive: shown(moment, 'Interactive', 'When its next call may go.'),
  enrichment: shown(moment, 'Enrichment', 'When its next call may go.'),
  background: shown(moment, 'Background', 'When its next call may go.'),
});

const blocked = moment.extend({
  because: shown(z.enum(['blocked', 'probing', 'learning']), 'Because', 'In a word.'),
  reason: shown(z.string(), 'Reason', 'In a sentence.'),
});

const spend = z.object({
  calls: shown(z.int(), 'Calls', 'All of them.'),
  byClass: shown(byClass('Calls of this class.'), 'By Class', 'Of how urgent calls.'),
  byCaller: shown(
    z.record(z.string(), z.record(z.string(), z.int())),
    'By Caller',
    'For each caller, its calls by their class; whoever called most comes first.',
  ),
});

const forecast = z.object({
  callsPerMinute: shown(z.number(), 'Calls per Minute', "Of late, everybody's."),
  callsPerHour: shown(z.number(), 'Calls per Hour', 'What an hour would hold at that rate.'),
  exhaustedInSeconds: shown(z.number().nullable(), 'Exhausted in Seconds', 'Null: it will not be, at that rate.'),
});

const ledger = z.object({
  seq: shown(z.int(), 'Sequence', 'Of the ledger that this was read from.'),
  writtenAt: shown(instant, 'Written At', 'When somebody last wrote it.'),
  ageSeconds: shown(z.number(), 'Age in Seconds', 'Since then.'),
});

// biome-ignore format: it is a table
const quota = z.object({
  name: shown(z.string(), 'Name', 'The call that it is of.'),
  summary: shown(z.string(), 'Summary', 'How it stands, in a sentence. Where a ledger can not be read, that is all.', 'important'),
  limits: shown(z.array(limit).optional(), 'Limits', 'Its windows.'),
  nextFree: shown(nextFree.optional(), 'Next Free', 'When the next call of each class may go.'),
  blocked: shown(blocked.nullable().optional(), 'Blocked', 'Until when calls do not go freely, and why; null where they do.'),
  booked: shown(z.int().optional(), 'Booked', 'Calls that have their time and are not sent yet.'),
  processesWaitingForTheirTurn: shown(z.int().optional(), 'Processes That Wait', 'For their turn to book.'),
  spend: shown(spend.optional(), 'Spend', 'Of the last hour.'),
  forecast: shown(forecast.optional(), 'Forecast', 'Where it is going.'),
  ledgerTransactionsPerCall: shown(z.number().nullable().optional(), 'Ledger Transactions per Call', 'Null where there was no call.', 'advanced'),
  ledger: shown(ledger.optional(), 'Ledger', 'What all this was read from.', 'advanced'),
});

const spendIsOf = z.object({
  processes: shown(z.int(), 'Processes', 'That spent something.'),
  unreadable: shown(z.int(), 'Unreadable', 'Processes whose spend can not be read.'),
});

export const quotas = z.object({
  observedAt: shown(instant, 'Observed At', "By the store's clock."),
  quotas: shown(z.array(quota), 'Quotas', 'One for each call, or one for all.'),
  unused: shown(z.array(z.string()), 'Unused', 'Quotas that nobody has used yet.'),
  spendIsOf: shown(spendIsOf, 'Spend Is Of', 'Whose spend of the last hour was read.', 'advanced'),
});
