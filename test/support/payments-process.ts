import { servePayments } from './payments.ts';

/** The payments mock as a process of its own, which a test can kill: `journal [webhook-url]`; tells its address. */
const [, , journal = '', webhook = ''] = process.argv;
const { mocks } = await servePayments({ journal, webhook: webhook === '' ? null : { url: webhook } });
process.send?.(mocks.url);
