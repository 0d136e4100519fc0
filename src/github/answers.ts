import type { Exchange } from './wire.js';

/** An answer that the forge may confirm instead of sending it again. It may hold what the token alone may see. */
export interface KeptAnswer {
  readonly etag: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where answers are kept between requests, by address; a place that outlives the process makes polling cheap at once. */
export interface AnswersPort {
  get(address: string): KeptAnswer | undefined;
  set(address: string, answer: KeptAnswer): void;
}

/** Answers that are read again and again are few; the oldest beyond these are forgotten. */
const MOST = 200;

/** Keeps answers for as long as the process lives. */
export function answersInMemory(): AnswersPort {
  const kept = new Map<string, KeptAnswer>();
  return {
    get: (address) => kept.get(address),
    set: (address, answer) => {
      kept.delete(address);
      kept.set(address, answer);
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    },
  };
}

/** Asks with the ETag of the last answer: one that did not change costs no rate limit (304) and is given again. */
export function conditionally(exchange: Exchange, answers: AnswersPort): Exchange {
  return async (address, init) => {
    if (init.method !== 'GET') return exchange(address, init);
    const kept = answers.get(address);
    const headers = new Headers(init.headers);
    if (kept !== undefined) headers.set('if-none-match', kept.etag);
    const answer = await exchange(address, { ...init, headers });
    if (kept !== undefined && answer.status === 304) return again(kept, answer);
    return keep(answers, address, answer);
  };
}

function again(kept: KeptAnswer, answer: Response): Response {
  return new Response(kept.body, { status: 200, headers: { ...Object.fromEntries(answer.headers), ...kept.headers } });
}

async function keep(answers: AnswersPort, address: string, answer: Response): Promise<Response> {
  const etag = answer.headers.get('etag');
  if (answer.status !== 200 || etag === null) return answer;
  const body = await answer.text();
  const headers = Object.fromEntries(
    [...answer.headers].filter(([name]) => name === 'content-type' || name === 'link'),
  );
  answers.set(address, { etag, body, headers });
  return new Response(body, { status: answer.status, headers: answer.headers });
}
