/**
 * How a property is shown to people: where a playbook is made, the designer lists what an action takes and gives by these names
 * ("Create a custom connector with an OpenAPI extension").
 */
import type * as z from 'zod';

/** `important` is shown first, `advanced` behind a menu, `internal` not at all. */
export type Visibility = 'important' | 'advanced' | 'internal';

/**
 * @param title in Title Case; 80 characters at most ("Learn best practices for string fields")
 * @param description one sentence or two
 */
export const shown = <T extends z.ZodType>(schema: T, title: string, description: string, visibility?: Visibility): T =>
  schema.meta({
    'x-ms-summary': title,
    description,
    ...(visibility === undefined ? {} : { 'x-ms-visibility': visibility }),
  });
