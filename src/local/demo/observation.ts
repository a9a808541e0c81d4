/** One thing that was done in a scene, and what came of it. */
export interface Observation {
  readonly did: string;
  readonly saw: string;
  /** What should have been seen and was not. */
  readonly wrong?: string;
}

/** @param wanted sentences that must hold, and whether they do */
export const observation = (did: string, saw: string, wanted: Readonly<Record<string, boolean>>): Observation => {
  const missed = Object.entries(wanted).flatMap(([sentence, holds]) => (holds ? [] : [sentence]));
  return { did, saw, ...(missed.length > 0 && { wrong: missed.join('; ') }) };
};
