/** Settings that stand on one side only, each with the reason. */
import type { Excepted } from './rules/settingNames.ts';

const replaced = 'a connection string, which the identity replaces';
const shorter = 'a shorter way to say the addresses, which are given in full';
const platform = 'the platform gives it';

/** Read by the code, and not given by the deployment. */
export const notGiven: Excepted = {
  AzureWebJobsStorage: replaced,
  AzureWebJobsStorage__accountName: shorter,
  AlertQueues: replaced,
  AlertQueues__accountName: shorter,
  AlertStream: replaced,
  AZURE_FUNCTIONS_ENVIRONMENT: platform,
  WEBSITE_HOSTNAME: platform,
  IDENTITY_ENDPOINT: platform,
  IDENTITY_HEADER: platform,
};

/** Given by the deployment, and not read by the code. */
export const notRead: Excepted = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'the host sends logs there',
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'the host sends them as this identity',
};
