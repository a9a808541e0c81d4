/** What the doctor asks, one question for each call: the smallest answer there can be. What is asked for is nowhere, so that nothing is shown of anybody. */
import type { Call } from '../defender/call.ts';
import { type Question, readQuestion } from '../defender/question.ts';

/** An id that no machine has; to the others, a name that nobody has. */
const unknown: Readonly<Record<string, string>> = {
  machine: '0'.repeat(40),
  domainMachines: 'permission-check.invalid',
  alertMachine: 'da000000000000000000_-1',
};
const unknownName = 'permission-check';

/** @throws where the call takes no such value, which is a fault of the table */
export const probeOf = (call: Call): Question => {
  const read = readQuestion(call, {
    pathValue: unknown[call.name] ?? unknownName,
    query: isList(call) ? [['$top', '1']] : [],
  });
  if (read.kind === 'wrong') throw new Error(`no probe for ${call.name}: ${read.message}`);
  return read.question;
};

/** Of what is not looked up; the preview's page has no options. */
const isList = ({ value, service }: Call): boolean => value === undefined && service === 'defender';
