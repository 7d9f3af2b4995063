import type { Dialect } from '../router.ts';
import { authorize } from './authorize.ts';
import { refuse } from './errors.ts';
import { countTokens, createMessage } from './message.ts';
import { listModels, retrieveModel } from './models.ts';

export const ANTHROPIC: Dialect = {
  name: 'anthropic',
  routes: [
    { method: 'POST', path: '/v1/messages', answer: createMessage },
    { method: 'POST', path: '/v1/messages/count_tokens', answer: countTokens },
    { method: 'GET', path: '/v1/models', answer: listModels },
    { method: 'GET', path: '/v1/models/:id', answer: retrieveModel },
  ],
  // docs.anthropic.com/en/api, as the SDK has it.
  lacks:
    `agents complete deployment_runs deployments dreams environments files memory_stores messages/batches organizations
    sessions skills tunnels user_profiles vaults`
      .split(/\s+/)
      .map((name) => `/v1/${name}`),
  authorize,
  refuse,
};
