/** Files fit together, as far as it can be told without a compiler. */

import type { OurRule } from './rule.ts';
import {
  modulesExist,
  modulesUsed,
  outputsFit,
  paramsDescribed,
  paramsFit,
  paramsUsed,
  readable,
} from './rules/modules.ts';
import { noPreviews } from './rules/resourceTypes.ts';

const url = 'output url string = app.outputs.url';

export const fittingRules: readonly OurRule[] = [
  { says: 'can be parsed, all of it', rule: readable, breaks: [['module app ', 'module app = ', 'main.bicep: line']] },
  {
    says: 'names modules that are there',
    rule: modulesExist,
    breaks: [["'app/site.bicep'", "'app/sites.bicep'", 'there is no app/sites.bicep']],
  },
  {
    says: 'has no file that is deployed by nobody',
    rule: modulesUsed,
    breaks: [["'app/site.bicep'", "'app/storage.bicep'", 'app/site.bicep is deployed by nobody']],
  },
  {
    says: 'gives each module what it asks for, and nothing else',
    rule: paramsFit,
    breaks: [
      ['    audience: audience\n', '', 'app/site.bicep is not given audience'],
      [
        '    audience: audience\n',
        '    audience: audience\n    region: location\n',
        'app/site.bicep does not take region',
      ],
    ],
  },
  {
    says: 'reads outputs that a module has',
    rule: outputsFit,
    breaks: [[url, 'output url string = app.outputs.host', 'app/site.bicep has no output host']],
  },
  {
    says: 'says of each parameter what it is',
    rule: paramsDescribed,
    breaks: [["@description('Address of the queues.')\n", '', 'say in @description what queues is']],
  },
  {
    says: 'uses each parameter',
    rule: paramsUsed,
    breaks: [['allowedAudiences: [audience]', "allowedAudiences: ['api://gateway']", 'audience is used by nobody']],
  },
  {
    says: 'relies on no preview of an interface',
    rule: noPreviews,
    breaks: [['components@2020-02-02', 'components@2020-02-02-preview', 'is no stable version']],
  },
];
