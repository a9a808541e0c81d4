/** `npm run connector`: writes the OpenAPI document of the gateway, from which a custom connector is made, as it is to be committed. */
import { writeFile } from 'node:fs/promises';
import { connectorDocument } from '../../connector/connectorDocument.ts';
import { printDocument } from '../../connector/printDocument.ts';

const path = 'docs/connector.swagger.json';

await writeFile(path, printDocument(connectorDocument()));
console.log(`${path} is written.`);
