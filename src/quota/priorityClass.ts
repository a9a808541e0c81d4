/** Who goes first: callers who wait, then alerts being enriched, then what nobody waits for. Highest first. */
export const priorityClasses = ['interactive', 'enrichment', 'background'] as const;

export type PriorityClass = (typeof priorityClasses)[number];

/** Who made a call: one of our classes, or somebody else who draws on the same quota. */
export const payers = [...priorityClasses, 'foreign'] as const;

export type Payer = (typeof payers)[number];

/** 0 is the highest. */
export const rankOf = (payer: Payer): number => payers.indexOf(payer);
