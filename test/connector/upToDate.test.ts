import { readFileSync } from 'node:fs';
import { connectorDocument } from '../../src/connector/connectorDocument.ts';

const path = 'docs/connector.swagger.json';
const written = () => `${JSON.stringify(connectorDocument(), null, 2)}\n`;

describe('docs/connector.swagger.json', () => {
  it('is what npm run connector writes today', () => {
    const isCurrent = readFileSync(path, 'utf8') === written();
    expect({ isCurrent, otherwise: 'npm run connector' }).toMatchObject({ isCurrent: true });
  });

  it('is the same each time that it is written', () => {
    expect(written()).toBe(written());
  });
});
