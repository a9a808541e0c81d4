import { type Infra, readInfra } from './support/bicep/infra.ts';
import { deploymentRules, fixedRules } from './support/deploymentRules.ts';
import { gatewayRules } from './support/gatewayRules.ts';

describe('the deployment', () => {
  let infra: Infra;
  beforeAll(async () => {
    infra = await readInfra('infra');
  });

  it.each([...deploymentRules, ...fixedRules, ...gatewayRules])('$says', ({ rule }) => {
    expect(rule(infra)).toEqual([]);
  });
});
