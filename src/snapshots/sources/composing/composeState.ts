/** The documented security state of a machine, from its rows in the two lists that still are served ("Security states" in docs/architecture.md). */
import type { SecurityState } from '../../securityState.ts';
import type { AntivirusRow } from './antivirusRow.ts';
import { attentionOf } from './attention.ts';
import { countOf } from './jsonRow.ts';
import type { MachineRow } from './machineRow.ts';

export interface Judgement {
  /** Milliseconds since 1970: what is too old is so as of then. */
  readonly asOf: number;
  /** Days after which a report of antivirus counts no more. */
  readonly staleDays: number;
}

/** @param antivirus undefined where the machine has no row of antivirus */
export const composeState = (
  machine: MachineRow,
  antivirus: AntivirusRow | undefined,
  { asOf, staleDays }: Judgement,
): SecurityState => {
  const osVersion = antivirus?.osVersion ?? null;
  const windows = windowsVersion(osVersion);
  return {
    id: machine.id,
    build: machine.build ?? windows.build,
    revision: windows.revision,
    architecture: machine.architecture,
    osVersion,
    propertiesRequireAttention: attentionOf({ machine, antivirus, freshSince: asOf - staleDays * millisecondsPerDay }),
  };
};

const millisecondsPerDay = 86_400_000;

/** `10.0.19044.1865`: only Windows has build and revision in its version; macOS `14.6.1` has neither. */
const windowsVersion = (
  osVersion: string | null,
): { readonly build: number | null; readonly revision: number | null } => {
  const [, build, revision] = /^\d+\.\d+\.(\d+)\.(\d+)(?![^.])/.exec(osVersion ?? '') ?? [];
  return { build: countOf(build), revision: countOf(revision) };
};
