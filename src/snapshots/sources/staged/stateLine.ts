import type { SecurityState } from '../../securityState.ts';
import { fieldsOf, lineOf } from './line.ts';

export const writeState = (state: SecurityState): string =>
  lineOf([
    state.id,
    state.build,
    state.revision,
    state.architecture,
    state.osVersion,
    ...state.propertiesRequireAttention,
  ]);

export const readState = (line: string): SecurityState => {
  const [id = '', build, revision, architecture, osVersion, ...propertiesRequireAttention] = fieldsOf(line);
  return {
    id,
    build: build ? Number(build) : null,
    revision: revision ? Number(revision) : null,
    architecture: architecture || null,
    osVersion: osVersion || null,
    propertiesRequireAttention,
  };
};
