/** A format that alerts are written in, as one of Microsoft's feeds sends them. */
export interface Writer {
  readonly name: string;
  /** Alerts that stand in one body at most. */
  readonly most: number;
  /** Whether it says when an alert was raised. */
  readonly tellsTime: boolean;
  readonly contentType: string;
  /** The body, before it is JSON. */
  write(alerts: readonly ToldAlert[]): unknown;
}

/** What one feed says of an alert. */
export interface ToldAlert {
  /** In this feed's spelling. */
  readonly id: string;
  readonly machineId?: string;
  readonly raisedAt: string;
  readonly product: 'defender' | 'other';
}

export const json = 'application/json; charset=utf-8';
