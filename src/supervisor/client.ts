/** What others use of the supervisor, besides `logs.ts` and `observe.ts`. */
export { connectSupervisor, type SupervisorClient } from './connect.ts';
export { describeExit } from './launch.ts';
export { endLeftovers } from './leftovers.ts';
export { runToEnd } from './run-to-end.ts';
export { startSupervisor } from './start-supervisor.ts';
