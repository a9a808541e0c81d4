import { type BoundGateway, type Machine, startBoundGateway } from './support/boundGateway.ts';
import { rawRequest } from './support/rawRequest.ts';

const groups = [141, 142];

let gateway: BoundGateway;
beforeAll(async () => {
  gateway = await startBoundGateway(groups);
});
afterAll(() => gateway.stop());

const ask = (target: string, headers: Record<string, string | readonly string[]> = {}) =>
  rawRequest(gateway.url, { target: `/api/machines?$top=100${target}`, headers });
const groupsIn = (body: string) => [
  ...new Set((JSON.parse(body).value as readonly Machine[]).map(({ rbacGroupId }) => rbacGroupId)),
];

describe('a key that is bound to device groups', () => {
  const key = () => gateway.keyOf('bound');

  it.each([
    ['the header', () => ask('', { 'x-functions-key': key() })],
    ['the header, in other letters', () => ask('', { 'X-Functions-KEY': key() })],
    ['the header, whatever the address says', () => ask('&code=other', { 'x-functions-key': key() })],
    ['?code=', () => ask(`&code=${key()}`)],
    ['?Code=', () => ask(`&Code=${key()}`)],
    ['?CODE=', () => ask(`&CODE=${key()}`)],
    ['?c%6fde=', () => ask(`&c%6fde=${key()}`)],
  ])('sees no other machine by %s', async (_, asking) => {
    const { status, body } = await asking();
    expect(status).toBe(200);
    expect(groupsIn(body).sort()).toEqual(groups);
  });

  it.each([
    ['two headers', () => ask('', { 'x-functions-key': [key(), 'x'] })],
    ['a header with a comma', () => ask('', { 'x-functions-key': `${key()},x` })],
    ['?code= twice', () => ask(`&code=${key()}&code=x`)],
    ['?code= in two spellings', () => ask(`&code=${key()}&Code=x`)],
    ['?code= with a comma', () => ask(`&code=${key()},x`)],
    ['an empty header', () => ask(`&code=${key()}`, { 'x-functions-key': '' })],
  ])('is no way in by %s', async (_, asking) => {
    const { status, body } = await asking();
    expect({ status, hasMachines: body.includes('rbacGroupId') }).toEqual({ status: 401, hasMachines: false });
  });
});
