import * as z from 'zod';
import { exampleAudience, playbook } from './exampleCallers.ts';

const answer = z.object({ access_token: z.string() });

/** A token of the example playbook. @param tokenUrl of a running stack's issuer @throws Error where it gives none */
export const exampleToken = async (tokenUrl: string): Promise<string> => {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: playbook.id,
    client_secret: playbook.secret,
    scope: `${exampleAudience.uri}/.default`,
  });
  const response = await fetch(tokenUrl, { method: 'POST', body, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${tokenUrl} gives no token: ${(await response.text()).slice(0, 300)}`);
  return answer.parse(await response.json()).access_token;
};
