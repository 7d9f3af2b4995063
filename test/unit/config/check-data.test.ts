import { describe, expect, it } from 'vitest';
import { followers } from '../../../src/config/check-data.ts';

describe('Redis services whose keys go with a database', () => {
  it('are all but those that come up after it', () => {
    const services = {
      db: { engine: 'postgres' },
      cache: { engine: 'redis', needs: ['mail'] },
      mail: { image: 'mail', needs: ['cache'] },
      queue: { engine: 'redis', needs: ['proxy'] },
      proxy: { image: 'proxy', needs: ['db'] },
    };
    expect(followers(services, ['db'])).toEqual(['cache']);
    expect(followers(services, ['other'])).toEqual(['cache', 'queue']);
  });
});
