/** No secret goes in or out. */

import type { OurRule } from './rule.ts';
import { noDefaultSecrets, noKeysRead, noSecretOutputs, noSecretTexts, secureParams } from './rules/secrets.ts';

const url = 'output url string = app.outputs.url';

export const secretRules: readonly OurRule[] = [
  {
    says: 'reads no key out of Azure',
    rule: noKeysRead,
    breaks: [
      [url, 'output url string = storage.listKeys().keys[0].value', 'reads a secret'],
      [url, "output url string = listKeys('x', '2024-01-01').keys[0].value", 'reads a secret'],
      ['var roles = [', "var sas = account.listServiceSas('2024-01-01', {})\nvar roles = [", 'reads a secret'],
    ],
  },
  {
    says: 'holds no text that looks like a secret',
    rule: noSecretTexts,
    breaks: [
      [url, "output url string = 'AccountName=a;AccountKey=b'", 'looks like a secret'],
      [
        url,
        "output url string = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='",
        'looks like a secret',
      ],
      [url, "output url string = 'https://a.example/hook?code=1'", 'looks like a secret'],
    ],
  },
  {
    says: 'marks the parameters that are secret',
    rule: secureParams,
    breaks: [['@secure()\n', '', 'graphClientState sounds like a secret']],
  },
  {
    says: 'has no secret for everybody',
    rule: noDefaultSecrets,
    breaks: [
      ["param graphClientState string = ''", "param graphClientState string = 'local'", 'is secure, and has a default'],
    ],
  },
  {
    says: 'puts no secret into the history of deployments',
    rule: noSecretOutputs,
    breaks: [
      [url, 'output functionKey string = app.outputs.url', 'the output functionKey'],
      [url, 'output state string = graphClientState', 'the output state'],
    ],
  },
];
