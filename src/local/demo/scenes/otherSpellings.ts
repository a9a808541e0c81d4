import { rowsOf } from '../body.ts';
import { observation } from '../observation.ts';
import type { Scene } from '../scene.ts';

export const otherSpellings: Scene = {
  title: 'Other spellings of the same question',
  async play({ ask, fleet: { user } }) {
    const plain = await ask(`/api/users/${user}/machines`);
    const versioned = await ask(`/api/v1.0/users/${user}/machines`);
    const written = `${user}@contoso.com`;
    const whole = await ask(`/api/users/${written}/machines`);
    const location = whole.headers.get('content-location');
    const same = (body: unknown) => JSON.stringify(rowsOf(body)) === JSON.stringify(rowsOf(plain.body));
    return [
      observation(`GET /api/v1.0/users/${user}/machines`, `${versioned.status}, the same machines`, {
        'status 200': versioned.status === 200,
        'the machines of the path without version': same(versioned.body),
      }),
      observation(`GET /api/users/${written}/machines`, `${whole.status}, Content-Location: ${location}`, {
        'status 200': whole.status === 200,
        'the machines of the name alone': same(whole.body),
        'Content-Location with the name alone': location === `/api/users/${user}/machines`,
      }),
    ];
  },
};
