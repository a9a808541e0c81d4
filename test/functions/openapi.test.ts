import { HttpRequest, InvocationContext } from '@azure/functions';
import { roles } from '../../src/callers/identity.ts';
import { wholeReply } from '../../src/functions/batch/wholeReply.ts';
import type { ForOpenApi } from '../../src/functions/openapi.ts';
import { openapi } from '../../src/functions/openapi.ts';
import { connectorFaults } from '../connector/support/connectorRules.ts';
import { operationsOf } from '../connector/support/parts.ts';
import { validated } from '../connector/support/validator.ts';

const entra: ForOpenApi['connector'] = {
  callerAuth: 'entra',
  audiences: ['11111111-2222-3333-4444-555555555555', 'api://11111111-2222-3333-4444-555555555555'],
  authority: 'https://login.microsoftonline.us/my-tenant',
};
const keys: ForOpenApi['connector'] = { callerAuth: 'key', audiences: [], authority: '' };
const identity = { id: 'me', owner: 'me', roles: new Set(roles) };

const ask = async (connector: ForOpenApi['connector'], headers: Record<string, string> = {}, query = '') => {
  const request = new HttpRequest({
    method: 'GET',
    url: `https://asked.example/gateway/openapi.json${query}`,
    headers,
  });
  const context = new InvocationContext({ functionName: 'openapi' });
  const {
    status,
    headers: told,
    body,
  } = await wholeReply(await openapi({ connector }).handler(request, context, identity));
  return { status, headers: told, text: Buffer.from(body).toString() };
};

const document = async (connector: ForOpenApi['connector']) => JSON.parse((await ask(connector)).text);

describe('GET /gateway/openapi.json', () => {
  it('is a document that a custom connector takes, whichever way callers are known', async () => {
    const both = [await document(entra), await document(keys)];
    expect(await validated(both)).toEqual(both.map(() => ({ valid: true, version: '2.0' })));
    expect(both.map(connectorFaults)).toEqual([[], []]);
  });

  it('has the address that it was asked at, or the one that callers know', async () => {
    expect(await document(keys)).toMatchObject({ host: 'asked.example', basePath: '/', schemes: ['https'] });
    expect(await document({ ...keys, url: 'http://127.0.0.1:7071' })).toMatchObject({
      host: '127.0.0.1:7071',
      basePath: '/',
      schemes: ['http'],
    });
    expect(await document({ ...keys, url: 'https://apis.contoso.com/machines/' })).toMatchObject({
      host: 'apis.contoso.com',
      basePath: '/machines',
    });
  });

  it('has people sign in with their tenant, for this application, where callers have tokens', async () => {
    const { securityDefinitions, security } = await document(entra);
    const application = 'api://11111111-2222-3333-4444-555555555555';
    const [first] = Object.values(securityDefinitions);
    expect(first).toMatchObject({
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://login.microsoftonline.us/my-tenant/oauth2/v2.0/authorize',
      tokenUrl: 'https://login.microsoftonline.us/my-tenant/oauth2/v2.0/token',
    });
    const scopes = roles.map((role) => `${application}/${role}`);
    expect(Object.keys(Object(first).scopes)).toEqual(scopes);
    expect(security).toEqual([{ entra: scopes }]);
  });

  it('takes the application by its id where it has no other name', async () => {
    const { security } = await document({ ...entra, audiences: ['11111111-2222-3333-4444-555555555555'] });
    expect(security[0].entra).toContain('11111111-2222-3333-4444-555555555555/Machines.Read');
  });

  it('lets nobody in without a token where App Service Authentication stands before every path, and says 401 of each', async () => {
    const operations = operationsOf(await document(entra));
    expect(operations.filter(({ security }) => security?.length === 0)).toEqual([]);
    expect(operations.filter(({ responses }) => responses['401'] === undefined)).toEqual([]);
    const open = operationsOf(await document(keys)).filter(({ security }) => security?.length === 0);
    expect(open.map(({ operationId }) => operationId)).toEqual(['GetHealth']);
  });

  it('asks for a key, and for nothing else, where callers have keys', async () => {
    const { securityDefinitions, security } = await document(keys);
    expect(Object.values(securityDefinitions)).toEqual([
      expect.objectContaining({ type: 'apiKey', in: 'header', name: 'x-functions-key' }),
    ]);
    expect(security).toEqual([{ key: [] }]);
  });

  it('need not be sent again to who has it', async () => {
    const { headers } = await ask(entra, { 'x-request-id': 'r-1' });
    const { etag = '' } = headers;
    expect(headers).toMatchObject({ 'x-request-id': 'r-1', 'cache-control': 'private, no-cache' });
    const again = await ask(entra, { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await ask(keys, { 'if-none-match': etag })).status).toBe(200);
  });

  it('is compressed for who takes that', async () => {
    const { headers } = await ask(entra, { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBe('gzip');
  });

  it('takes no options', async () => {
    const { status, text } = await ask(entra, {}, '?version=3');
    expect([status, JSON.parse(text).error.message]).toEqual([400, expect.stringContaining('version')]);
  });
});
