import { request } from 'node:http';

/** Bytes of a body that are read before the rest is left: enough to see that the app does not break off. */
const BODY_LIMIT = 1024 * 1024;

/** What came of asking for one path. */
export interface SmokeAnswer {
  readonly path: string;
  readonly milliseconds: number;
  /** A status; or why there is none: it took too long, the connection was closed, or what came is not HTTP. */
  readonly came: number | 'late' | 'closed' | 'not-http';
}

/** What to ask, and how long to wait. */
export interface SmokeQuestion {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly limitMilliseconds: number;
}

/** GETs a path over loopback, and reads its answer to the end. Follows no redirect. Never throws. */
export async function ask(question: SmokeQuestion, signal: AbortSignal): Promise<SmokeAnswer> {
  const started = performance.now();
  const limit = AbortSignal.timeout(question.limitMilliseconds);
  const came = await get(question, AbortSignal.any([signal, limit])).catch((error: unknown) =>
    limit.aborted ? 'late' : kindOf(error),
  );
  return { path: question.path, milliseconds: Math.round(performance.now() - started), came };
}

function get({ host, port, path }: SmokeQuestion, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, accept: '*/*', connection: 'close' };
    const asking = request({ host, port, path, headers, agent: false, signal }, (answer) => {
      let bytes = 0;
      const done = (): void => resolve(answer.statusCode ?? 0);
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < BODY_LIMIT) return;
        done();
        asking.destroy();
      });
      answer.once('end', done);
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}

/** The parser of HTTP names its errors `HPE_...` (llhttp). */
function kindOf(error: unknown): 'closed' | 'not-http' {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('HPE_') ? 'not-http' : 'closed';
}
