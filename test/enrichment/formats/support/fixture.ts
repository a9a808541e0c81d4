import { readdirSync, readFileSync } from 'node:fs';

const folder = 'test/enrichment/formats/fixtures';

/** JSON of a file: `sentinelAlert/row`. */
export const fixture = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));

/** All of a folder. */
export const fixturesOf = (format: string): readonly unknown[] =>
  readdirSync(`${folder}/${format}`).map((file) => fixture(`${format}/${file.replace(/\.json$/, '')}`));
