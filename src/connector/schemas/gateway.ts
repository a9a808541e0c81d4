import * as z from 'zod';
import { shown } from './shown.ts';

export const health = z.object({
  status: shown(z.enum(['up']), 'Status', 'This process is up, and its settings are right.'),
});

/** The answer to Event Grid, where it asks whether it is wanted. */
export const validation = z.object({
  validationResponse: shown(z.string().optional(), 'Validation Response', 'The code that came.', 'internal'),
});

const instant = z.iso.datetime();

export const parkedOperation = z.object({
  id: shown(z.string(), 'Operation Id', 'Its name.'),
  status: shown(z.enum(['waiting']), 'Status', 'It has no answer yet.'),
  location: shown(z.string(), 'Location', 'Where its answer will be.'),
  createdAt: shown(instant, 'Created At', 'When it was begun.'),
  nextTry: shown(instant.optional(), 'Next Try', 'When it is tried again.'),
  refusedWith: shown(z.int().optional(), 'Refused With', 'The status of the last try, which was no answer.'),
  deadline: shown(instant, 'Deadline', 'By when it has an answer, if need be an error.'),
});

export const anyAnswer = shown(z.looseObject({}), 'Answer', 'Whatever was asked for.');

/** This document. */
export const openApi = shown(z.looseObject({}), 'Document', 'OpenAPI 2.0.');
