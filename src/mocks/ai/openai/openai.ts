import type { Dialect } from '../router.ts';
import { authorize } from './authorize.ts';
import { createChat } from './chat/chat.ts';
import { createEmbeddings } from './embeddings.ts';
import { refuse } from './errors.ts';
import { listModels, retrieveModel } from './models.ts';
import { createModeration } from './moderations.ts';
import { RESPONSE_ROUTES } from './responses/responses.ts';

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
  authorize,
  refuse,
};
