/** No secret stands in the files, is read out of Azure by them, or goes into the history of deployments as an output. */
import type { BicepFile } from '../bicep/bicepFile.ts';
import type { Expression } from '../bicep/expression.ts';
import { placeOf, type Rule } from '../bicep/infra.ts';
import { within } from '../bicep/within.ts';

const bearsSecret = /secret|password|credential|(access|bearer)Token|[a-z]Keys?$|^key$|clientState|connectionString/i;

/** Application Insights takes nothing on its word where local authentication is off. */
const harmless = /^insightsConnectionString$/;

/** Literals that are one: connection strings, signatures, bearer tokens, private keys, and long random text. */
const secretTexts: readonly RegExp[] = [
  /AccountKey=|SharedAccessKey(Name)?=|SharedAccessSignature|DefaultEndpointsProtocol=|InstrumentationKey=/i,
  /[?&]sig=|[?&]code=/i,
  /\beyJ[\w-]{10,}\.|-----BEGIN/,
  /(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])[A-Za-z0-9+/]{40,}={0,2}/,
];

export const noKeysRead: Rule = ({ files }) =>
  files.flatMap((file) =>
    expressionsIn(file)
      .filter((expression) => expression.kind === 'call' && /^list[A-Z]|^getSecret$/.test(expression.name))
      .map((expression) => `${placeOf(file, expression)}: ${expression.source} reads a secret: use the identity`),
  );

export const noSecretTexts: Rule = ({ files }) =>
  files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        secretTexts.some((pattern) => pattern.test(line))
          ? [`${path}:${index + 1}: looks like a secret: ${line.trim()}`]
          : [],
      ),
  );

export const secureParams: Rule = ({ files }) =>
  files.flatMap((file) =>
    file.params
      .filter(({ name, isSecure }) => bearsSecret.test(name) && !harmless.test(name) && !isSecure)
      .map((param) => `${placeOf(file, param)}: ${param.name} sounds like a secret: write @secure(), or another name`),
  );

/** A secret given by default is one for everybody. */
export const noDefaultSecrets: Rule = ({ files }) =>
  files.flatMap((file) =>
    file.params
      .filter(({ isSecure, byDefault }) => isSecure && byDefault && byDefault.source !== "''")
      .map((param) => `${placeOf(file, param)}: ${param.name} is secure, and has a default`),
  );

export const noSecretOutputs: Rule = ({ files }) =>
  files.flatMap((file) =>
    file.outputs
      .filter(({ name, value }) => (bearsSecret.test(name) && !harmless.test(name)) || usesSecure(file, value))
      .map((output) => `${placeOf(file, output)}: the output ${output.name} is a secret, or sounds like one`),
  );

const usesSecure = (file: BicepFile, value: Expression) =>
  within(value).some(({ source }) => file.params.some(({ name, isSecure }) => isSecure && name === source));

const expressionsIn = (file: BicepFile): readonly Expression[] =>
  [
    ...file.variables.values(),
    ...file.params.flatMap(({ byDefault }) => byDefault ?? []),
    ...[...file.resources, ...file.modules].map(({ body }) => body),
    ...file.resources.flatMap(({ loop }) => loop ?? []),
    ...file.outputs.map(({ value }) => value),
  ].flatMap(within);
