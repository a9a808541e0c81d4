/** Told apart by those who see few colours, too: blue, orange, green, and red for what is over the limit. */
export const colours = {
  paper: '#ffffff',
  ink: '#1f2328',
  faint: '#59636e',
  grid: '#e4e7eb',
  limit: '#b3261e',
  above: '#fdf0ef',
  frozen: '#8fa3b8',
} as const;

/** For the limits, shortest window first. */
export const seriesColours = ['#2f6fd0', '#d9730d', '#3d8f5f', '#7a4fb5'] as const;
