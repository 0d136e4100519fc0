import { describe, expect, it } from 'vitest';
import { awsPlace } from '../../src/secrets/awsPlace.js';
import type { Environment } from '../../src/secrets/environment.js';

const whole: Environment = {
  AUTOSYNC_AWS_SECRET_ID: 'family',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIACANARY',
  AWS_SECRET_ACCESS_KEY: 'canary',
};
const endpointOf = (more: Environment): string | undefined => awsPlace({ ...whole, ...more })?.endpoint.href;

describe('awsPlace', () => {
  it('is nowhere when no secret is named', () => {
    expect(awsPlace({})).toBeNull();
    expect(awsPlace({ ...whole, AUTOSYNC_AWS_SECRET_ID: '' })).toBeNull();
  });

  it.each<readonly [string, Environment]>([
    ['https://secretsmanager.eu-central-1.amazonaws.com/', {}],
    ['https://secretsmanager.us-east-1.amazonaws.com/', { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-1' }],
    ['https://secretsmanager.cn-north-1.amazonaws.com.cn/', { AWS_REGION: 'cn-north-1' }],
    ['https://vault.example/aws', { AWS_ENDPOINT_URL: 'https://vault.example/aws' }],
    [
      'https://own.example/',
      { AWS_ENDPOINT_URL: 'https://vault.example', AWS_ENDPOINT_URL_SECRETS_MANAGER: 'https://own.example' },
    ],
    ['http://localhost:4566/', { AWS_ENDPOINT_URL: 'http://localhost:4566' }],
    ['http://[::1]:4566/', { AWS_ENDPOINT_URL: 'http://[::1]:4566' }],
  ])('is %s', (endpoint, more) => {
    expect(endpointOf(more)).toBe(endpoint);
  });

  it.each<readonly [string, Environment]>([
    ['no region is', { AWS_REGION: undefined }],
    ['"x.evil.example/" is no region', { AWS_REGION: 'x.evil.example/' }],
    ['AWS_ACCESS_KEY_ID is not', { AWS_ACCESS_KEY_ID: '' }],
    ['AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }],
    ['the address in AWS_ENDPOINT_URL is', { AWS_ENDPOINT_URL: 'http://vault.example' }],
    ['the address in AWS_ENDPOINT_URL is', { AWS_ENDPOINT_URL: 'http://localhost.evil.example' }],
    ['the address in AWS_ENDPOINT_URL is', { AWS_ENDPOINT_URL: 'https://me:canary@vault.example' }],
    ['the address in AWS_ENDPOINT_URL is', { AWS_ENDPOINT_URL: 'file:///etc/canary' }],
    ['the address in AWS_ENDPOINT_URL is', { AWS_ENDPOINT_URL: 'canary' }],
  ])('is refused where %s', (what, more) => {
    const look = (): unknown => awsPlace({ ...whole, ...more });
    expect(look).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(look).toThrow(`AUTOSYNC_AWS_SECRET_ID is set, but ${what}`);
    expect(look).not.toThrow(/canary/i);
  });
});
