import { describe, expect, it } from 'vitest';
import type { UserError } from '../../../../src/core/errors.ts';
import type { ContainerLaunch } from '../../../../src/core/stack.ts';
import { type ImageConfig, refuseImageKeys } from '../../../../src/runtimes/docker/image-keys.ts';
import { lineKeys, mintedKeys, secretPart } from '../../../support/live-keys.ts';
import { makeService } from '../../../support/stack.ts';

function refusal(config: ImageConfig, parts: Partial<ContainerLaunch> = {}): UserError | null {
  try {
    refuseImageKeys('app', { ...(makeService('app').launch as ContainerLaunch), ...parts }, config);
    return null;
  } catch (error) {
    return error as UserError;
  }
}

describe('a live key in an image', () => {
  it.each(lineKeys())('is refused wherever it is: $shape', (key) => {
    const { value, provider, starts } = key;
    const told = `${provider}, ${starts}…`;
    const error = refusal({
      Env: ['PATH=/bin', `PAY=${value}`],
      Labels: { note: value },
      Cmd: ['serve', value],
      Entrypoint: null,
      Healthcheck: { Test: ['CMD', 'curl', value] },
      WorkingDir: `/srv/${value}`,
      User: value,
      OnBuild: [`RUN login ${value}`],
    });
    expect(error?.code).toBe('failed');
    expect(error?.message.split('\n  ').slice(1)).toEqual([
      `ENV PAY: ${told}`,
      `LABEL note: ${told}`,
      `its command: ${told}`,
      ...['HEALTHCHECK', 'WORKDIR', 'USER', 'ONBUILD'].map((where) => `${where}: ${told}`),
    ]);
    expect(JSON.stringify([error?.message, error?.hints])).not.toContain(secretPart(key));
  });

  it('is none where the configuration gives the variable or the command another value', () => {
    const value = lineKeys()[0]?.value ?? '';
    const own = { env: { PAY: 'none' }, command: ['serve'] };
    expect(refusal({ Env: [`PAY=${value}`], Cmd: [value] }, own)).toBeNull();
  });

  it('is none that devenv has minted', () => {
    expect(refusal({ Env: mintedKeys().map((key, index) => `K${index}=${key}`), Labels: null, Cmd: null })).toBeNull();
  });
});
