import * as z from 'zod';
import { shown } from './shown.ts';

const said = z.looseObject({
  code: shown(
    z.string().optional(),
    'Error Code',
    'Such as ODataError, InvalidInput, ResourceNotFound, TooManyRequests.',
  ),
  message: shown(z.string().optional(), 'Error Message', 'What is wrong, where, and what would be right.'),
  target: shown(z.string().optional(), 'Error Target', 'The id of the request, for the log.'),
});

/** An error in Defender's envelope: Defender's own, which may say more or less, and the gateway's. */
export const errorAnswer = z.looseObject({ error: shown(said, 'Error', 'What went wrong.') });
