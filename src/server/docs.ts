import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { productVersion } from '../version.ts';

/** A page to browse the API at /docs, for whoever may read the document. */
export async function serveDocs(app: FastifyInstance, document: object): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, right: 'reader' };
    });
    const version = productVersion();
    // under the product's version; the one in the document is the API's
    const shown = { ...document, info: { ...('info' in document && typeof document.info === 'object' ? document.info : {}), version } };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- SQL wrote it
    await scope.register(swagger, { mode: 'static', specification: { document: shown as never } });
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      theme: { title: `noetl-metrics ${version}: API` },
      // what its one page has inline, nothing from elsewhere
      staticCSP: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    });
  });
}
