/**
 * What may require attention, in one table. Two names are documented ("Get Machines security states collection API"): `AntivirusNotReporting` and
 * `EdrImpairedCommunications`. The others of antivirus are the words of Graph's `defenderAvStatus` ("deviceEvidence resource type") behind
 * the same prefix; `EdrNoSensorData` is our own, after Defender's `healthStatus`.
 */
import type { AntivirusRow } from './antivirusRow.ts';
import type { MachineRow } from './machineRow.ts';

export interface AttentionProperty {
  readonly name: string;
  /** In one line, for people. */
  readonly meaning: string;
}

export interface Judged {
  readonly machine: MachineRow;
  /** Undefined where there is no row. */
  readonly antivirus: AntivirusRow | undefined;
  /** The oldest refresh that counts: milliseconds since 1970. */
  readonly freshSince: number;
}

type Rule = AttentionProperty & { readonly holds: (judged: Judged) => boolean };

/** In the order of their names. */
const rules: readonly Rule[] = [
  {
    name: 'AntivirusDisabled',
    meaning: 'Microsoft Defender Antivirus is turned off (avMode 2)',
    holds: ({ antivirus }) => antivirus?.isDisabled === true,
  },
  {
    name: 'AntivirusNotReporting',
    meaning: 'Defender has no report of antivirus, only an old one (ANTIVIRUS_STALE_DAYS), or one without any verdict',
    holds: ({ machine, antivirus, freshSince }) =>
      antivirus ? antivirus.update === 'unknown' || isOld(antivirus, freshSince) : !machine.isMobile,
  },
  {
    name: 'AntivirusNotUpdated',
    meaning: 'Signatures, engine or platform of antivirus are out of date',
    holds: ({ antivirus }) => antivirus?.update === 'outOfDate',
  },
  {
    name: 'EdrImpairedCommunications',
    meaning: 'The sensor reaches Defender only in part (healthStatus ImpairedCommunication)',
    holds: ({ machine }) => machine.isImpaired,
  },
  {
    name: 'EdrNoSensorData',
    meaning: 'The machine is seen, but its sensor sends nothing (healthStatus NoSensorData)',
    holds: ({ machine }) => machine.sendsNoData,
  },
];

const isOld = ({ refreshedAt }: AntivirusRow, freshSince: number): boolean =>
  refreshedAt !== null && refreshedAt < freshSince;

/** Those that composed states may have. The preview may have others. */
export const attentionProperties: readonly AttentionProperty[] = rules.map(({ name, meaning }) => ({ name, meaning }));

export const knownProperties: readonly string[] = rules.map(({ name }) => name);

/** The names of what requires attention; sorted. */
export const attentionOf = (judged: Judged): readonly string[] =>
  judged.machine.isWatched ? rules.filter(({ holds }) => holds(judged)).map(({ name }) => name) : [];
