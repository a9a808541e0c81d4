/** What the app is given is what it reads. */
import type { Rule } from '../bicep/infra.ts';
import { appSettingsOf } from './appSettings.ts';

/** Names with the reason why they stand on one side only. */
export type Excepted = Readonly<Record<string, string>>;

/**
 * @param read      what the code reads
 * @param notGiven  of these, what the deployment leaves out
 * @param notRead   what it gives, and the code does not read
 */
export const sameSettings =
  (read: readonly string[], notGiven: Excepted, notRead: Excepted): Rule =>
  (infra) => {
    const { given, faults } = appSettingsOf(infra);
    const names = [...given.keys()];
    return [
      ...faults,
      ...read.filter((name) => !given.has(name) && !(name in notGiven)).map((name) => `${name} is read, and not given`),
      ...names
        .filter((name) => !read.includes(name) && !(name in notRead))
        .map((name) => `${name} is given, and read by nobody`),
      ...Object.keys(notGiven)
        .filter((name) => given.has(name))
        .map((name) => `${name} is given: it is no exception`),
      ...Object.keys(notGiven)
        .filter((name) => !read.includes(name))
        .map((name) => `${name} is an exception that nobody reads`),
      ...Object.keys(notRead)
        .filter((name) => read.includes(name))
        .map((name) => `${name} is read: it is no exception`),
    ];
  };
