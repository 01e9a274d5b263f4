import { connect } from 'node:net';

/** Sends bytes as they are, because clients tidy addresses before they send them; answers with all that comes back. */
export function rawRequest(port: number, text: string, waitMs = 3000): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(waitMs, () => socket.destroy());
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED' && reject(error));
    socket.on('close', () => resolve(answer));
  });
}

export const rawGet = (port: number, path: string, headers = ''): Promise<string> =>
  rawRequest(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${headers}\r\n`);

export function portOf(address: string): number {
  return Number(new URL(address).port);
}
