import fastifyStatic from '@fastify/static';
import { readdir } from 'node:fs/promises';
import type { App, FastifyReply } from '../plugins/app-types.ts';

const hidden = { hide: true };
const config = { isPublic: true } as const;
const fileName = /^[A-Za-z0-9_-]+\.(svg|png|ico|webmanifest|txt)$/;

/** Serves the built dashboard; returns how to answer with its page, which routes by itself. */
export async function uiRoutes(app: App, directory: string): Promise<(reply: FastifyReply) => FastifyReply> {
  await app.register(fastifyStatic, {
    root: directory,
    serve: false,
    cacheControl: false,
    dotfiles: 'deny',
    index: false,
  });
  // The page names its scripts by hash: a stored page would ask for files that an update took away.
  const sendPage = (reply: FastifyReply) => reply.header('cache-control', 'no-store').sendFile('index.html');
  app.route({ method: 'GET', url: '/', config, schema: hidden, handler: (_request, reply) => sendPage(reply) });
  app.route({
    method: 'GET',
    url: '/assets/*',
    config,
    schema: hidden,
    handler(request, reply) {
      const { '*': path } = request.params as { '*': string };
      // Given to the file, not to the answer: an answer that it is missing must not be kept.
      return reply.sendFile(`assets/${path}`, { cacheControl: true, immutable: true, maxAge: '365d' });
    },
  });
  for (const name of (await readdir(directory)).filter((entry) => fileName.test(entry))) {
    app.route({
      method: 'GET',
      url: `/${name}`,
      config,
      schema: hidden,
      handler: (_request, reply) => reply.header('cache-control', 'public, max-age=3600').sendFile(name),
    });
  }
  return sendPage;
}
