/** The event that tells what came of an alert, from what is known of it. Pure: the same each time. */
import type { AlertEvent, AlertOutcome, FinalState } from '../event.ts';
import type { AlertRecord } from '../record.ts';

export interface Finished
  extends Pick<AlertOutcome, 'state' | 'machines' | 'unknownMachineIds' | 'calls' | 'finishedAt' | 'link'> {
  readonly record: Pick<AlertRecord, 'key' | 'alertId' | 'sources' | 'receivedAt' | 'raisedAt' | 'sequence'>;
  readonly state: FinalState;
  /** Of any state but `enriched`: why. */
  readonly reason?: string | undefined;
  /** The alert as it came: JSON. What is broken is told as text. */
  readonly original: string;
  /** The gateway, as a URI reference. */
  readonly source: string;
}

export const alertEvent = (finished: Finished): AlertEvent => {
  const { record, state, source, finishedAt } = finished;
  return {
    specversion: '1.0',
    id: eventIdOf(record.key, record.sequence),
    source,
    type: `defender.gateway.alert.${state === 'enriched' ? 'enriched' : 'notEnriched'}.v1`,
    subject: record.alertId,
    time: finishedAt,
    datacontenttype: 'application/json',
    sequence: String(record.sequence).padStart(sequenceWidth, '0'),
    alertstate: state,
    data: outcomeOf(finished),
  };
};

/** JSON ("JSON Event Format for CloudEvents"); read and written again, it is the same text. */
export const alertEventText = (event: AlertEvent): string => JSON.stringify(event);

/** @param text as `alertEventText` wrote it @returns undefined where it is broken */
export const readAlertEvent = (text: string): AlertEvent | undefined => {
  const value = parsed(text);
  return typeof value === 'string' ? undefined : (value as AlertEvent);
};

/**
 * The id of the event of a result: `<key>~<sequence>`, in letters that stand in a header, a URI, a file name or a key of a table as they are.
 * It has no full stop, which parts an id from what follows where webhooks are signed ("Standard Webhooks", Signature scheme).
 */
export const eventIdOf = (key: string, sequence: number): string => `${safe(key)}~${sequence}`;

/** As many digits as a sequence of whole numbers may have ("Sequence" extension of CloudEvents: 32 bits). */
const sequenceWidth = 10;

const outcomeOf = ({ record, original, reason, ...known }: Finished): AlertOutcome => ({
  alertId: record.alertId,
  state: known.state,
  sequence: record.sequence,
  sources: record.sources,
  receivedAt: record.receivedAt,
  ...(record.raisedAt === undefined ? {} : { raisedAt: record.raisedAt }),
  finishedAt: known.finishedAt,
  ...(reason === undefined ? {} : { reason }),
  machines: known.machines,
  unknownMachineIds: known.unknownMachineIds,
  calls: known.calls,
  link: known.link,
  alert: parsed(original),
});

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
};

/** Half a character of UTF-16, which `encodeURIComponent` throws at. */
const halves = /\p{Surrogate}/gu;

const safe = (key: string): string =>
  encodeURIComponent(key.replace(halves, '\ufffd')).replace(/[.!*'()~]/g, percentEncoded);

const percentEncoded = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
