/** A worker whose last words are heard only once it is gone: a process of its own says them. */
const { spawn } = require('node:child_process');

process.on('message', ({ kind }) => {
  if (kind === 'load') process.send({ kind: 'loaded', functions: [] });
  if (kind !== 'invoke') return;
  const script = `while kill -0 ${process.pid}; do sleep 0.01; done 2>/dev/null; echo the last words`;
  spawn('sh', ['-c', script], { stdio: ['ignore', 'inherit', 'inherit'] }).once('spawn', () => process.exit(3));
});
