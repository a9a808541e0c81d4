import { architectureOf } from './architecture.ts';
import { countIn, idIn, rowOf, textIn } from './jsonRow.ts';

/** What of a row of `/api/machines` its security state is made of. */
export interface MachineRow {
  readonly id: string;
  readonly build: number | null;
  readonly architecture: string | null;
  /** Onboarded, and not folded into another machine's record: only then something may require attention. */
  readonly isWatched: boolean;
  /** Has no row among those of antivirus, by its nature. */
  readonly isMobile: boolean;
  readonly isImpaired: boolean;
  readonly sendsNoData: boolean;
}

/** @param json a row, parsed @returns undefined where it does not say whose it is */
export const readMachineRow = (json: unknown): MachineRow | undefined => {
  const row = rowOf(json);
  const id = idIn(row, 'id');
  if (id === null) return undefined;
  const health = textIn(row, 'healthStatus')?.toLowerCase();
  return {
    id,
    build: countIn(row, 'osBuild'),
    architecture: architectureOf(textIn(row, 'osProcessor'), textIn(row, 'osArchitecture')),
    isWatched:
      (textIn(row, 'onboardingStatus') ?? onboarded).toLowerCase() === onboarded && !idIn(row, 'mergedIntoMachineId'),
    isMobile: /^(?:ios|ipados|android)/i.test(textIn(row, 'osPlatform') ?? ''),
    isImpaired: health === 'impairedcommunication' || health === 'nosensordataimpairedcommunication',
    sendsNoData: health === 'nosensordata' || health === 'nosensordataimpairedcommunication',
  };
};

const onboarded = 'onboarded';
