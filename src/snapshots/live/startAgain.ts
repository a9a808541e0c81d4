import type { Refused } from './asking.ts';

/** What follows a link that leads nowhere, or no longer. */
export const startAgain: Refused = {
  kind: 'refused',
  status: 400,
  code: 'BadRequest',
  message:
    '$skiptoken: this is no link of the source that is served now, or it was cut, changed or grew too old. Start again, without $skiptoken',
};
