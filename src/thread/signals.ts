import type { SignalMark } from './messages.js';

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const isMark = (value: unknown): value is SignalMark => isPlain(value) && value['abortSignal'] === true;

const MARK: SignalMark = { abortSignal: true };

const inside = (value: unknown, change: (value: unknown) => unknown): unknown =>
  isPlain(value) && 'signal' in value ? { ...value, signal: change(value['signal']) } : change(value);

/** Arguments of a call without the AbortSignal in them, which cannot cross; the signal apart. */
export function withoutSignal(args: readonly unknown[]): {
  readonly args: readonly unknown[];
  readonly signal: AbortSignal | null;
} {
  let signal: AbortSignal | null = null;
  const take = (value: unknown): unknown => {
    if (!(value instanceof AbortSignal)) return value;
    signal = value;
    return MARK;
  };
  const plain = args.map((value) => inside(value, take));
  return { args: plain, signal };
}

/** The arguments with `signal` where one was. */
export const withSignal = (args: readonly unknown[], signal: AbortSignal): readonly unknown[] =>
  args.map((value) => inside(value, (one) => (isMark(one) ? signal : one)));
