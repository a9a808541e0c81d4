import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { Environment } from '../triggers/appSettings.ts';

/** What the clients of the storage SDKs hand on to their pipelines, though their types don't say so. */
export interface Trust {
  readonly tlsOptions?: { readonly ca: string[] };
}

/**
 * Trust in the certificates that an app's environment names. Node itself reads `NODE_EXTRA_CA_CERTS` once, for the process.
 *
 * @throws where the file can't be read
 */
export const trustOf = ({ NODE_EXTRA_CA_CERTS: file }: Environment): Trust =>
  file ? { tlsOptions: { ca: [...rootCertificates, readFileSync(file, 'utf8')] } } : {};
