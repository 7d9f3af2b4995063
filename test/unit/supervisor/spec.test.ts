import { describe, expect, it } from 'vitest';
import { BadRequest } from '../../../src/lib/routes.ts';
import { parseSpec } from '../../../src/supervisor/spec.ts';
import { specOf } from './support.ts';

describe('parseSpec', () => {
  it('reads back what was sent', () => {
    const spec = specOf('web', 'true', {
      port: 3000,
      ready: { http: '/', timeoutMs: 5 },
      watch: ['src'],
      input: 'a\nkey',
    });
    expect(parseSpec(JSON.stringify(spec), 'web')).toEqual(spec);
  });

  it.each([
    ['{"secret": "hunter2"', 'the body is not JSON'],
    ['[]', 'the body has to be an object'],
    ['{"command": {"line": 1}, "ready": {}}', 'command.line has to be a string'],
    [JSON.stringify({ ...specOf('a', ''), port: 70_000 }), 'port has to be null or a port'],
    [JSON.stringify({ ...specOf('a', ''), env: { KEY: ['hunter2'] } }), 'env.KEY has to be a string'],
    [JSON.stringify({ ...specOf('a', ''), input: ['hunter2'] }), 'input has to be a string'],
    [JSON.stringify({ ...specOf('a', ''), restart: 'maybe' }), 'restart has to be one of on-failure, always, no'],
    [JSON.stringify({ ...specOf('a', ''), command: { line: '', cwd: 'x' } }), 'command.cwd has to be an absolute path'],
  ])('refuses %s without repeating a value', (body, message) => {
    expect(() => parseSpec(body, 'web')).toThrow(new BadRequest(400, message));
  });
});
