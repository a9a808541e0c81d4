import * as fc from 'fast-check';
import { readClaims } from '../../src/callers/readClaims.ts';
import { law } from '../support/law.ts';

const client = '0a1b2c3d-1111-4222-8333-444455556666';
const object = '77777777-6666-4555-8444-333322221111';
const ofApplication = { appid: client, oid: object, sub: object, idtyp: 'app', roles: ['Machines.Read'] };
const ofPerson = { azp: client, oid: object, sub: 'pairwise', scp: 'Alerts.Enrich openid' };

const known = (id: string, owner: string, roles: readonly string[]) => {
  const [, person] = owner.split('|');
  return { kind: 'known', identity: { id, owner, roles: new Set(roles), ...(person === undefined ? {} : { person }) } };
};

describe('readClaims', () => {
  it('knows an application by its id, of either version, in small letters', () => {
    expect(readClaims(ofApplication)).toEqual(known(client, client, ['Machines.Read']));
    const { appid: _, ...rest } = ofApplication;
    expect(readClaims({ ...rest, azp: client.toUpperCase() })).toEqual(known(client, client, ['Machines.Read']));
  });

  it('knows a person by application and person, with the roles that its scopes name', () => {
    expect(readClaims(ofPerson)).toEqual(known(client, `${client}|${object}`, ['Alerts.Enrich']));
  });

  it('gives a person what both it and its application may, where it was given roles itself', () => {
    const both = { ...ofPerson, scp: 'Machines.Read Alerts.Enrich', roles: ['Alerts.Enrich', 'Gateway.Admin'] };
    expect(readClaims(both)).toEqual(known(client, `${client}|${object}`, ['Alerts.Enrich']));
    expect(readClaims({ ...ofPerson, roles: ['Gateway.Admin'] })).toEqual(known(client, `${client}|${object}`, []));
  });

  it('gives a person without roles what its scopes name, or nothing where people need a role, too', () => {
    expect(readClaims(ofPerson, 'scope')).toEqual(known(client, `${client}|${object}`, ['Alerts.Enrich']));
    expect(readClaims(ofPerson, 'role')).toEqual(known(client, `${client}|${object}`, []));
    expect(readClaims({ ...ofPerson, roles: ['Alerts.Enrich'] }, 'role')).toEqual(
      known(client, `${client}|${object}`, ['Alerts.Enrich']),
    );
  });

  it('gives an application no scopes', () => {
    expect(readClaims({ ...ofApplication, roles: undefined })).toEqual(known(client, client, []));
  });

  it('passes over roles that it does not know, and what is none', () => {
    const roles = ['machines.read', 'Machines.Read.All', 'Gateway.Admin', 7, null, ['Alerts.Enrich']];
    expect(readClaims({ ...ofApplication, roles })).toEqual(known(client, client, ['Gateway.Admin']));
    expect(readClaims({ ...ofApplication, roles: 'Gateway.Admin' })).toEqual(known(client, client, []));
    expect(readClaims({ ...ofPerson, scp: 'xGateway.Admin,Alerts.Enrich' })).toEqual(
      known(client, `${client}|${object}`, []),
    );
  });

  it('takes an application without idtyp by its oid, which is its sub', () => {
    const { idtyp: _, ...older } = ofApplication;
    expect(readClaims(older).kind).toBe('known');
    expect(readClaims({ ...older, sub: 'another' }).kind).toBe('refused');
    expect(readClaims({ ...older, oid: undefined, sub: undefined }).kind).toBe('refused');
    expect(readClaims({ ...older, idtyp: 'user' }).kind).toBe('refused');
  });

  it('refuses an ID token, though it may name roles', () => {
    const idToken = { oid: object, sub: 'pairwise', name: 'A Person', roles: ['Gateway.Admin'] };
    expect(readClaims(idToken)).toEqual({
      kind: 'refused',
      reason: "its client application (azp or appid) is nothing, and must be an application's id",
    });
    expect(readClaims({ ...idToken, azp: client })).toEqual({
      kind: 'refused',
      reason: "it has no scope (scp) and is none of an application's own; send an access token",
    });
  });

  it.each([
    ['an application that is no id', { appid: 'me' }, "(azp or appid) is 'me'"],
    ['an application that is no text', { appid: [client] }, '(azp or appid) is something that is no text'],
    ['two applications', { azp: object }, 'its azp and appid differ'],
    ['scopes that are no text', { scp: ['Gateway.Admin'] }, 'its scopes (scp) are no text'],
    ['scopes of an application', { scp: 'Gateway.Admin' }, "it can't have both"],
    ['a person that is no id', { idtyp: undefined, scp: 'Gateway.Admin', oid: 'x|y' }, "its person (oid) is 'x|y'"],
  ])('refuses %s', (_, claims, reason) => {
    expect(readClaims({ ...ofApplication, ...claims })).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });

  it('never throws, and knows nobody without an id, whatever the claims are', () => {
    const name = fc.constantFrom('appid', 'azp', 'oid', 'sub', 'scp', 'roles', 'idtyp');
    const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(client, object, 'app', 'Gateway.Admin'));
    law(
      fc.property(fc.dictionary(name, value), (claims) => {
        const read = readClaims(claims);
        if (read.kind === 'refused') expect(read.reason).toMatch(/^[ -~]+$/);
        else expect([claims.appid, claims.azp]).toContain(read.identity.id);
      }),
    );
  });
});
