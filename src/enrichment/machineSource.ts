/** Where machines come from, one question at a time; whoever gives it merges, caches and keeps the quota. */

export interface MachineSource {
  /** @param id 40 hexadecimal digits in lower case */
  byId(id: string): Promise<MachineAnswer>;
  /** The machine that an alert was raised on. @param alertId in one spelling */
  ofAlert(alertId: string): Promise<MachineAnswer>;
}

export type MachineAnswer = Found | Absent | Throttled | Refused | Unavailable;

interface Cost {
  /** Calls that were sent to Defender for this answer; none where it came along with others or was kept. */
  readonly calls: number;
}

export interface Found extends Cost {
  readonly kind: 'found';
  /** Whole, as Defender sent it. */
  readonly machine: Machine;
  /** Seconds since Defender was asked. */
  readonly ageSeconds: number;
  readonly from: 'cache' | 'defender';
}

export interface Machine {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** Defender knows none: 404, or an empty list. */
export interface Absent extends Cost {
  readonly kind: 'absent';
}

/** Not now: the quota is spent, or nobody may send. */
export interface Throttled extends Cost {
  readonly kind: 'throttled';
  readonly retryAfterSeconds: number;
  readonly reason: string;
}

/** Defender will not take the question: 400 and its like. */
export interface Refused extends Cost {
  readonly kind: 'refused';
  readonly reason: string;
}

/** No answer, a fault, or no right to ask: it may be another time. */
export interface Unavailable extends Cost {
  readonly kind: 'unavailable';
  readonly reason: string;
}
