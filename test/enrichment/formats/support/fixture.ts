import { readdirSync, readFileSync } from 'node:fs';

const folder = 'test/enrichment/formats/fixtures';

/** JSON of a file: `sentinelAlert/row`. */
export const fixture = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));

/** All of a folder, but for lines of JSON. */
export const fixturesOf = (format: string): readonly unknown[] =>
  readdirSync(`${folder}/${format}`)
    .filter((file) => file.endsWith('.json'))
    .map((file) => fixture(`${format}/${file.replace(/\.json$/, '')}`));
