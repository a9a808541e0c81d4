import { withoutProxy } from '../../src/local/withoutProxy.ts';

describe('the hosts that are asked without a proxy', () => {
  it.each([
    [{}, '127.0.0.1,localhost'],
    [{ NO_PROXY: 'intra.example, localhost' }, 'intra.example,localhost,127.0.0.1'],
    [{ no_proxy: '.example' }, '.example,127.0.0.1,localhost'],
  ])('are those of the environment and this machine: %j', (environment, all) => {
    expect(withoutProxy(environment)).toEqual({ NO_PROXY: all, no_proxy: all });
  });
});
