/** What Fastify takes to serve a page that is there already. Run as a process with the page's length in bytes. */
import Fastify from 'fastify';

const page = 'x'.repeat(Number(process.argv[2]));
const app = Fastify();
app.get('/metrics', async (_, reply) => reply.type('text/plain').send(page));
console.log(`listening ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
