import { describe, expect, test } from 'vitest';
import { fanOutOf } from '../../src/checks/fanOut.js';

describe('a script that starts one script in every package', () => {
  test.each([
    ['npm run test --workspaces', 'npm test'],
    ['npm test -ws --if-present', 'npm test'],
    ['npm run -ws --if-present test:unit', 'npm test:unit'],
    ['pnpm -r test', 'pnpm test'],
    ['pnpm --recursive --workspace-concurrency=1 run build', 'pnpm build'],
    ['yarn workspaces run lint', 'yarn lint'],
    ['yarn workspaces foreach -Apt run build', 'yarn build'],
    ["bun run --filter '*' test", 'bun test'],
    ['turbo run test', 'turbo test'],
    ['npx turbo test --output-logs=new-only', 'turbo test'],
    ['nx run-many -t test', 'nx test'],
    ['npx nx run-many --target=build --all --parallel=3', 'nx build'],
  ])('is seen in `%s`', (script, found) => {
    const fanOut = fanOutOf(script);
    expect(fanOut && `${fanOut.tool} ${fanOut.script}`).toBe(found);
  });

  test.each([
    'vitest run',
    'npm test',
    'npm run test --workspace=a',
    'npm run test --workspaces && eslint .',
    'npm run test --workspaces -- --coverage',
    'pnpm test',
    'pnpm -r exec tsc',
    "pnpm --filter './packages/*' test",
    'pnpm -r --filter=a test',
    'yarn workspaces foreach --since run test',
    'yarn workspaces foreach -R --from a run test',
    'turbo run lint test',
    'turbo run test --filter=a',
    'turbo run test --affected',
    'nx affected -t test',
    'nx run-many -t lint test',
    'nx run-many -t test --exclude=a',
    'FORCE=1 turbo run test',
    '',
  ])('is not seen in `%s`', (script) => {
    expect(fanOutOf(script)).toBeNull();
  });
});
