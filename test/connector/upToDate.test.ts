import { readFileSync } from 'node:fs';
import { connectorDocument } from '../../src/connector/connectorDocument.ts';
import { printDocument } from '../../src/connector/printDocument.ts';

const path = 'docs/connector.swagger.json';

describe('docs/connector.swagger.json', () => {
  it('is what npm run connector writes today', () => {
    const isCurrent = readFileSync(path, 'utf8') === printDocument(connectorDocument());
    expect({ isCurrent, otherwise: 'npm run connector' }).toMatchObject({ isCurrent: true });
  });

  it('is the same each time that it is written', () => {
    expect(printDocument(connectorDocument())).toBe(printDocument(connectorDocument()));
  });
});
