/** Names of machines: in lower case, split behind the first label, so that they are compared by whole labels. */
import { isIP } from 'node:net';
import type { HostName } from '../finder.ts';
import { type Read, wrong } from './read.ts';

const mostCharacters = 255;

/**
 * Reads a name as callers have it: `srv02`, `SRV02.contoso.com.`, and a computer's account, `CONTOSO\SRV02$`. The domain in front of an
 * account is another sort of name than the one behind a host's, and says nothing certain of it: it is left out.
 *
 * Letters are those of any script (Windows takes them, "Naming conventions in Active Directory"), with digits, `-` and `_`.
 */
export const readHostName = (written: string): Read<HostName> => {
  const account = written.trim().replace(/^[^\\]+\\/, '');
  const name = account.replace(/\$$/, '').replace(/\.$/, '');
  if (name === '') return wrong('it is empty; write a name such as srv02 or srv02.contoso.com');
  if (name.length > mostCharacters) return wrong(`it has ${name.length} characters; ${mostCharacters} are the most`);
  if (isIP(name) !== 0) return wrong(`${name} is an address; ask with ipAddress=${name}`);
  const fault = name
    .split('.')
    .map(labelFault)
    .find((each) => each !== undefined);
  return fault === undefined ? { kind: 'value', value: splitName(name) } : wrong(fault);
};

/** @param name of at least one character */
export const splitName = (name: string): HostName => {
  const lower = name.toLowerCase();
  const dot = lower.indexOf('.');
  return dot < 0 ? { label: lower } : { label: lower.slice(0, dot), domain: lower.slice(dot + 1) };
};

export const nameText = ({ label, domain }: HostName): string => (domain === undefined ? label : `${label}.${domain}`);

const labelFault = (label: string): string | undefined => {
  if (label === '') return 'a part between its dots is empty';
  const [stranger] = /[^\p{L}\p{M}\p{N}_-]/u.exec(label) ?? [];
  return stranger === undefined ? undefined : strangerFault(stranger);
};

const strangerFault = (character: string): string => {
  if (/[*?%]/.test(character)) return `it holds ${character}, and names are compared whole: write all of it`;
  if (character === ',') return 'it holds a comma; ask for each machine by itself, or for all in one POST';
  if (/[/:\\]/.test(character))
    return `it holds ${character}; write the name alone, without what is in front of or behind it`;
  return `it holds ${shown(character)}, which no machine's name has`;
};

const shown = (character: string): string => {
  if (/\s/.test(character)) return 'a blank';
  return /\p{C}/u.test(character) ? 'a control character' : character;
};
