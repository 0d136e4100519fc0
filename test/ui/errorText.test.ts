import { expect, it } from 'vitest';
import { createRedactor } from '../../src/core/redaction.js';
import { errorText } from '../../src/ui/errorText.js';

it('an error goes into the log with its stack, without tokens and without control characters', () => {
  const redact = createRedactor(['canary-of-a-token']);
  const error = new Error('remote said \u001b]52;c;ZXZpbA==\u0007\u202e canary-of-a-token');
  const text = errorText(error, redact);
  expect(text).toMatch(/^Error: remote said {1,2}\[redacted\]\n {4}at /);
  expect(errorText('ghp_0123456789abcdef', redact)).toBe('[redacted]');
});
