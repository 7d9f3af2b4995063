/** The version of Stripe's API that the objects have, whichever one a caller asks for; the one of stripe-node 23.1. */
export const API_VERSION = '2026-10-28.endive';
