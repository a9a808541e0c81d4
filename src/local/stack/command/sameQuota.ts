import { type Limit, parseLimits } from '../../../quota/limits.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';

/** The simulator grants what the gateway believes it is granted. @throws Error that names QUOTA_LIMITS */
export const sameQuota = ({
  QUOTA_LIMITS: limits,
  QUOTA_SCOPE: scope,
}: Readonly<Record<string, string>>): Pick<SimulatorOptions, 'limits' | 'quotaScope'> => ({
  ...(limits && { limits: limitsIn(limits) }),
  ...(scope === 'application' && ({ quotaScope: scope } as const)),
});

const limitsIn = (text: string): readonly Limit[] => {
  try {
    return parseLimits(text);
  } catch (error) {
    throw new Error(`QUOTA_LIMITS: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
};
