import * as z from 'zod';
import { shown } from './shown.ts';

/** A page of one of the gateway's own lists (`src/http/collection.ts`). */
export const ownListOf = <T extends z.ZodType>(row: T, title: string, description: string) =>
  z.object({
    '@odata.context': shown(z.string(), 'Context', 'OData: what the list is of.', 'internal'),
    '@odata.count': shown(z.int().optional(), 'Count', 'How many there are in all, where it is known.'),
    '@odata.nextLink': shown(z.string().optional(), 'Next Link', 'Where the next page is; missing on the last one.'),
    value: shown(z.array(row), title, description),
  });
