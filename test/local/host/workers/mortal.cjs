/** A worker with no functions, which ends when it is told to run one. */
process.on('message', ({ kind }) => {
  if (kind === 'load') process.send({ kind: 'loaded', functions: [] });
  if (kind === 'invoke') process.exit(3);
  if (kind === 'stop') process.disconnect();
});
