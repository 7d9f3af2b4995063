import { createHmac } from 'node:crypto';

/** https://docs.stripe.com/webhooks#verify-manually; `seconds` is the wall clock's, because receivers refuse old ones. */
export function signature(body: string, secret: string, seconds: number): string {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
