/** What others use of the supervisor, besides `logs.ts` and `observe.ts`. */
export { connectSupervisor, type SupervisorClient } from './connect.ts';
export { endLeftovers } from './leftovers.ts';
export { startSupervisor } from './start-supervisor.ts';
