const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

/** The end to end tests run the bundle, so it must be the one of today's sources. */
module.exports = () => {
  const built = spawnSync(process.execPath, [join(__dirname, '../../scripts/build.mjs')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
};
