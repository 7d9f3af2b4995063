// What an optional service with a web page and a plain TCP port looks like: 200 on 8025, an echo on 1025.
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

const SLOW_MS = 2000;

const http = createHttpServer((request, response) => {
  const answer = () => response.end(`${request.method} ${request.url}\n`);
  if (request.url?.startsWith('/slow')) setTimeout(answer, SLOW_MS);
  else answer();
});
const echo = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.pipe(socket);
});

http.listen(8025, () => console.log('http on 8025'));
echo.listen(1025, () => console.log('echo on 1025'));

// The first process of a container has no default signal handlers.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
