export const SECTIONS = ['drift', 'performance', 'fairness', 'reference'] as const;
export type Section = (typeof SECTIONS)[number];

export type Route =
  | { name: 'fleet' }
  | { name: 'model'; model: string; section: Section | null }
  | { name: 'ingest' }
  | { name: 'send' }
  | { name: 'missing'; path: string };

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** `base` ends in a slash and is what `<base href>` says; anything outside of it is not ours. */
export function parseRoute(pathname: string, base: string): Route {
  const missing: Route = { name: 'missing', path: pathname };
  if (!`${pathname}/`.startsWith(base)) return missing;
  const parts = pathname.slice(base.length).split('/').filter(Boolean);
  const [first, second, third] = parts;
  if (parts.length === 0) return { name: 'fleet' };
  if (parts.length === 1 && (first === 'ingest' || first === 'send')) return { name: first };
  if (first !== 'models' || second === undefined || parts.length > 3) return missing;
  const model = decode(second);
  if (model === null) return missing;
  if (third === undefined) return { name: 'model', model, section: null };
  const section = SECTIONS.find((known) => known === third);
  return section ? { name: 'model', model, section } : missing;
}

export function modelPath(model: string, section: Section | null = null): string {
  const path = `models/${encodeURIComponent(model)}`;
  return section ? `${path}/${section}` : path;
}
