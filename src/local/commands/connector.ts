/** `npm run connector`: writes the OpenAPI document of the gateway, from which a custom connector is made, as it is to be committed. */
import { writeFile } from 'node:fs/promises';
import { connectorDocument } from '../../connector/connectorDocument.ts';

const path = 'docs/connector.swagger.json';

await writeFile(path, `${JSON.stringify(connectorDocument(), null, 2)}\n`);
console.log(`${path} is written.`);
