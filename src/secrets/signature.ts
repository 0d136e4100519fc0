import { createHash, createHmac } from 'node:crypto';

/** What signs requests to AWS. */
export interface AwsKeys {
  readonly id: string;
  readonly secret: string;
  /** Of credentials that expire; null for those of a user. */
  readonly session: string | null;
}

/** A POST that is to be signed. */
export interface Unsigned {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** For whom a signature is good: the region and service of the endpoint. */
export interface Scope {
  readonly region: string;
  readonly service: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Names in lower case, in the order of their code units; inner runs of blanks count as one. */
const canonicalHeaders = (headers: Unsigned['headers']): readonly (readonly [string, string])[] =>
  Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));

/** The path encoded once more, as every service but S3 wants it. */
const canonicalPath = ({ pathname }: URL): string =>
  pathname
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');

const signingKey = (secret: string, day: string, { region, service }: Scope): Buffer =>
  [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`) as Buffer;

/**
 * The headers of a POST without a query, signed by AWS Signature Version 4: those given, the host, the moment, the
 * session's token, and `authorization`. `now` is in milliseconds since 1970.
 */
export function signedHeaders(
  { url, headers, body }: Unsigned,
  { id, secret, session }: AwsKeys,
  scope: Scope,
  now: number,
): Readonly<Record<string, string>> {
  const moment = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const day = moment.slice(0, 8);
  const token = session === null ? {} : { 'x-amz-security-token': session };
  const all = canonicalHeaders({ ...headers, ...token, host: url.host, 'x-amz-date': moment });
  const names = all.map(([name]) => name).join(';');
  const lines = all.map(([name, value]) => `${name}:${value}\n`).join('');
  const request = ['POST', canonicalPath(url), '', lines, names, sha256(body)].join('\n');
  const credential = `${day}/${scope.region}/${scope.service}/aws4_request`;
  const text = [ALGORITHM, moment, credential, sha256(request)].join('\n');
  const signature = hmac(signingKey(secret, day, scope), text).toString('hex');
  const authorization = `${ALGORITHM} Credential=${id}/${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...Object.fromEntries(all), authorization };
}
