import { servePayments } from './payments.ts';

/** The payments mock as a process that a test can kill: `journal webhook-url`; tells its address when it listens. */
const [, , journal = '', webhook = ''] = process.argv;
const { mocks } = await servePayments({ journal, webhook: { url: webhook } });
process.send?.(mocks.url);
