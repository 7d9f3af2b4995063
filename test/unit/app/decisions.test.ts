import { describe, expect, it } from 'vitest';
import { tellLayers } from '../../../src/app/decisions.ts';
import type { ExplainedValue } from '../../../src/config/explain.ts';
import type { Event } from '../../../src/core/events.ts';

const value = (layer: ExplainedValue['layer'], place: string): ExplainedValue => ({
  path: 'x',
  value: 1,
  layer,
  place,
});

describe('the layers of a configuration, for --verbose', () => {
  it('are told weakest first, each file with how many values it gives', () => {
    const events: Event[] = [];
    tellLayers((event) => events.push(event), {
      tier: 'preview',
      root: '/shop',
      explain: () => [
        value('flag', '--set'),
        value('base', 'devenv.config.yaml:2'),
        value('tier', 'devenv.config.yaml:12'),
        value('base', 'devenv.config.yaml:3:1'),
        value('default', ''),
        value('.env', '.env:4'),
        value('local', 'devenv.config.local.yaml:1'),
      ],
    });
    expect(events).toEqual([
      { type: 'decision', about: 'config', text: 'tier preview, in /shop' },
      {
        type: 'decision',
        about: 'layers',
        text: [
          'default 1',
          '.env 1',
          'base (devenv.config.yaml) 2',
          'tier (devenv.config.yaml) 1',
          'local (devenv.config.local.yaml) 1',
          'flag (--set) 1',
        ].join(', '),
      },
    ]);
  });
});
