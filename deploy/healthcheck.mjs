// For container health checks: exit 0 when the service in this container is ready.
// The port inside the container is fixed by its command line.
const port = '4600';
const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
