import type { Dialect } from '../router.ts';
import { authorize } from './authorize.ts';
import { createChat } from './chat/chat.ts';
import { createEmbeddings } from './embeddings.ts';
import { refuse } from './errors.ts';
import { listModels, retrieveModel } from './models.ts';
import { createModeration } from './moderations.ts';
import { RESPONSE_ROUTES } from './responses/responses.ts';

/** platform.openai.com/docs/api-reference, as the SDK has it. */
const LACKS = `assistants audio batches chat/completions chatkit completions containers conversations evals files
  fine_tuning images organization realtime responses/compact skills threads uploads vector_stores videos`.split(/\s+/);

export const OPENAI: Dialect = {
  name: 'openai',
  routes: [
    { method: 'POST', path: '/v1/chat/completions', answer: createChat },
    ...RESPONSE_ROUTES,
    { method: 'POST', path: '/v1/embeddings', answer: createEmbeddings },
    { method: 'POST', path: '/v1/moderations', answer: createModeration },
    { method: 'GET', path: '/v1/models', answer: listModels },
    { method: 'GET', path: '/v1/models/:id', answer: retrieveModel },
  ],
  lacks: LACKS.map((name) => `/v1/${name}`),
  authorize,
  refuse,
};
