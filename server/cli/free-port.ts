import { createServer } from 'node:net';

const portsTried = 20;

export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first free port from `port` on; 0, any free one, when twenty are taken. */
export async function freePort(host: string, port: number): Promise<number> {
  for (let candidate = port; candidate < port + portsTried && candidate <= 65_535; candidate++) {
    if (await isPortFree(host, candidate)) return candidate;
  }
  return 0;
}
