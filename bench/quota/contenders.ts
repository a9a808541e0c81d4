/** Who stands in the same storm: the gate, and three simpler ideas that people use. */

export const contenderNames = ['ours', 'casPerCall', 'bottleneck', 'greedy'] as const;
export type ContenderName = (typeof contenderNames)[number];

export interface Contender {
  readonly name: ContenderName;
  /** As tables and drawings name it. */
  readonly title: string;
  /** How long it plays, as a part of how long ours does. */
  readonly part: number;
}

/** The greedy one plays until it has spent its long window and a little more; the others show what they do sooner. */
export const contenders: readonly Contender[] = [
  { name: 'ours', title: 'the gate', part: 1 },
  { name: 'casPerCall', title: 'a write per call', part: 0.09 },
  { name: 'bottleneck', title: 'Bottleneck alone', part: 0.06 },
  { name: 'greedy', title: 'the gate, greedy', part: 0.3 },
];
