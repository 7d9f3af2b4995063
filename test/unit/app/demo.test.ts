import { stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { refuseForeign } from '../../../src/app/demo.ts';

it('a demo is not begun with a devenv of another user, whose mode npm could not set', async () => {
  const here = import.meta.dirname;
  const { uid } = await stat(here);
  await expect(refuseForeign(here, uid + 1)).rejects.toThrow(`${here} belongs to another user`);
  for (const user of [uid, 0, undefined]) await refuseForeign(here, user);
});
