const REDACTED = '[redacted]';

/** Shapes that are secrets wherever they stand, with what replaces them. Every repetition is bounded or disjoint: linear time. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/github_pat_\w{4,}|gh[opsur]_\w{4,}|glpat-[\w-]{8,}|npm_\w{20,}|xox[a-z]-[\w-]{8,}/g, REDACTED],
  [/https:\/\/hooks\.slack\.com\/[\w/+-]+/g, REDACTED],
  [/(\bauthorization["']?[ \t]{0,8}[:=][ \t]{0,8})(?:"[^"\r\n]*"?|'[^'\r\n]*'?|[^\s"'][^"'\r\n]*)/gi, `$1${REDACTED}`],
  [/(https?:\/\/)[^\s/@"'<>][^\s/"'<>]{0,1023}@/gi, `$1${REDACTED}@`],
  [/([a-z][a-z0-9+.-]{0,15}:\/\/)[^\s/:@"'<>]{0,255}:[^\s/"'<>]{0,1023}@/gi, `$1${REDACTED}@`],
];

/** Shorter secrets are left out: replacing them would garble every text and protect nothing. */
const LEAST_SECRET = 4;
/** A stem of base64 shorter than this would match by chance. */
const LEAST_STEM = 8;

/**
 * A function that takes the given secrets out of a text, as they are and as they are usually encoded (base64 alone
 * or behind any `user:`, base64url, URL-encoded, JSON-escaped, line by line), and whatever has the shape of a token,
 * an `Authorization` header or a password in a URL. What was taken out becomes `[redacted]` (design: reliability T10).
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = patternOf(secrets.flatMap(formsOf));
  return (text) => {
    const told = known === null ? text : text.replace(known, REDACTED);
    return SHAPES.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), told);
  };
}

function patternOf(forms: readonly string[]): RegExp | null {
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return null;
  return new RegExp(longestFirst.map(escapeRegExp).join('|'), 'g');
}

function formsOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const plain = [secret, secret.trim(), ...lines.filter((line) => line.length >= 2 * LEAST_STEM)];
  const forms = plain.flatMap((text) => [text, ...urlForms(text), JSON.stringify(text).slice(1, -1)]);
  return [...forms.filter((form) => form.length >= LEAST_SECRET), ...base64Forms(secret.trim())];
}

function urlForms(text: string): readonly string[] {
  const strict = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
  const whole = strict.replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
  const encoded = [strict, whole, whole.replaceAll('%20', '+')];
  return [...encoded, ...encoded.map((form) => form.replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase()))];
}

/**
 * The characters of base64 that `secret` alone decides, for each of the three positions it may start at: these stand
 * in the encoding of every text that contains the secret, whatever is before and after it.
 */
function base64Forms(secret: string): readonly string[] {
  if (secret.length < LEAST_SECRET) return [];
  const whole = base64(secret);
  const stems = [0, 1, 2].map((shift) => stemAt(secret, shift)).filter((stem) => stem.length >= LEAST_STEM);
  return [whole, whole.replace(/=+$/, ''), ...stems].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
}

function stemAt(secret: string, shift: number): string {
  const encoded = base64('x'.repeat(shift) + secret);
  const undecidedStart = [0, 2, 3][shift] ?? 0;
  const padding = encoded.length - encoded.replace(/=+$/, '').length;
  return encoded.slice(undecidedStart, padding === 0 ? undefined : -(padding + 1));
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
