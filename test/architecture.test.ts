import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Who may import whom, by the longest matching folder. A rule that nothing enforces is not a rule. */
const layers: Record<string, { may: string[]; packages?: string[] | 'any' }> = {
  'server/domain': { may: ['server/domain'] },
  'server/metrics': { may: ['server/domain', 'server/metrics'], packages: ['@stdlib/'] },
  'server/counting': {
    may: ['server/domain', 'server/counting', 'server/metrics/support'],
    packages: ['apache-arrow'],
  },
  policies: { may: ['server/domain', 'policies'], packages: ['@casl/ability'] },
  'server/ports': { may: ['server/domain', 'server/ports', 'server/counting', 'server/schemas'] },
  'server/stores': {
    may: ['server/domain', 'server/ports', 'server/counting', 'server/stores'],
    packages: 'any',
  },
  'server/engine': { may: ['server/engine', 'server/ports'], packages: 'any' },
  'server/services': {
    may: [
      'server/domain',
      'server/metrics',
      'server/counting',
      'server/ports',
      'server/services',
      'server/schemas',
      'server/sockets/events.ts',
      'server/errors.ts',
      'server/app-deps.ts',
      'policies',
      'collectors/collector-types.ts',
    ],
    packages: ['prom-client'],
  },
  'server/jobs': {
    may: [
      'server/domain',
      'server/metrics',
      'server/counting',
      'server/ports',
      'server/services',
      'server/schemas',
      'server/jobs',
      'server/sockets/events.ts',
      'policies',
    ],
  },
  collectors: {
    may: ['server/domain', 'server/ports', 'server/schemas/ingest.schema.ts', 'collectors'],
    packages: 'any',
  },
  'server/schemas': { may: ['server/schemas', 'server/domain'], packages: ['typebox'] },
  'server/routes': {
    may: [
      'server/ports/logger.ts',
      'server/routes',
      'server/plugins',
      'server/schemas',
      'server/services',
      'server/domain',
      'server/app-deps.ts',
      'server/errors.ts',
      'policies',
      'collectors/collector-types.ts',
    ],
    packages: 'any',
  },
  'server/plugins': {
    may: [
      'server/ports/logger.ts',
      'server/plugins',
      'server/schemas',
      'server/services',
      'server/domain',
      'server/app-deps.ts',
      'server/errors.ts',
      'policies',
    ],
    packages: 'any',
  },
  'server/sockets': {
    may: [
      'server/ports/logger.ts',
      'server/sockets',
      'server/plugins',
      'server/schemas',
      'server/services',
      'server/domain',
      'server/app-deps.ts',
      'server/errors.ts',
      'policies',
    ],
    packages: 'any',
  },
};

const forbiddenInPure = /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bprocess\.env\b|\bperformance\.now\(/;
const pureFolders = ['server/domain', 'server/metrics', 'server/counting', 'policies'];

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules') && !path.startsWith('ui/dist'));
}

const sources = ['server', 'collectors', 'policies'].flatMap((folder) => files(folder, /\.ts$/));

function layerOf(path: string): string | undefined {
  return Object.keys(layers)
    .filter((folder) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

type Import = { target: string; isLocal: boolean };

function importsOf(path: string): Import[] {
  const text = readFileSync(join(root, path), 'utf8');
  const specifiers = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g),
  ];
  return specifiers.map((match) => {
    const specifier = match[1] ?? match[2];
    const isLocal = specifier.startsWith('.');
    return {
      target: isLocal
        ? normalize(join(dirname(path), specifier))
            .split(sep)
            .join('/')
        : specifier,
      isLocal,
    };
  });
}

function wrongImports(path: string, layer: string): string[] {
  const { may, packages = [] } = layers[layer];
  const wrong = importsOf(path).filter(({ target, isLocal }) => {
    if (isLocal) return !may.some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
    if (target.startsWith('node:')) return pureFolders.includes(layer) && target !== 'node:crypto';
    return packages !== 'any' && !packages.some((allowed) => target === allowed || target.startsWith(allowed));
  });
  return wrong.map(({ target }) => `${path} imports ${target}`);
}

describe('who may import whom', () => {
  for (const layer of Object.keys(layers)) {
    it(`${layer} imports only what it may`, () => {
      const own = sources.filter((path) => layerOf(path) === layer);
      expect(own.length).toBeGreaterThan(0);
      expect(own.flatMap((path) => wrongImports(path, layer))).toEqual([]);
    });
  }

  it('nothing but the entry points imports the wiring', () => {
    const importers = sources.filter((path) =>
      importsOf(path).some(({ target }) => target.startsWith('server/wiring/')),
    );
    expect(importers.filter((path) => !/^server\/(main\.ts|cli\/|wiring\/)/.test(path))).toEqual([]);
  });
});

describe('the core is pure', () => {
  for (const folder of pureFolders) {
    it(`${folder} takes time, randomness and environment as arguments`, () => {
      const own = sources.filter((path) => path.startsWith(`${folder}/`));
      const impure = own.flatMap((path) => {
        const code = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
        const found = forbiddenInPure.exec(code)?.[0];
        return found === undefined ? [] : [`${path} uses ${found}`];
      });
      expect(impure).toEqual([]);
    });
  }
});

describe('one place reads the environment', () => {
  it('only the configuration and the command line look at process.env', () => {
    const readers = sources.filter((path) => /process\.env\b/.test(readFileSync(join(root, path), 'utf8')));
    expect(readers.filter((path) => !/^server\/(config|cli)\.ts$|^server\/cli\/|^server\/engine\//.test(path))).toEqual(
      [],
    );
  });
});

describe('sizes', () => {
  const fileLines = (path: string): number => readFileSync(join(root, path), 'utf8').split('\n').length;

  it('no source file is longer than 300 lines', () => {
    expect(sources.filter((path) => fileLines(path) > 300)).toEqual([]);
  });

  it('no test file is longer than 400 lines', () => {
    expect(files('test', /\.ts$/).filter((path) => fileLines(path) > 400)).toEqual([]);
  });

  it('no component is longer than 150 lines', () => {
    expect(files('ui/src', /\.svelte$/).filter((path) => fileLines(path) > 150)).toEqual([]);
  });

  it('no function is longer than 70 lines', () => {
    expect(sources.flatMap((path) => longFunctions(path))).toEqual([]);
  });

  it('a source file has about 80 lines in the middle', () => {
    const sizes = sources.map(fileLines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(110);
  });
});

/** Functions by their first and last line: formatted code closes a function in the column where it began. */
function longFunctions(path: string): string[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  const long: string[] = [];
  lines.forEach((line, start) => {
    const head =
      /^(\s*)(?:export )?(?:async )?(?:function\*? (\w+)|(?:private |static |async )*(\w+)\([^()]*\)(?:: [^=]+)? \{$)/.exec(
        line,
      );
    if (head === null || /^\s*(?:if|for|while|switch|return|catch|else|const|let)\b/.test(line)) return;
    const end = lines.findIndex(
      (other, i) => i > start && other.startsWith(`${head[1]}}`) && !other.startsWith(`${head[1]}})`),
    );
    const length = end - start + 1;
    if (length > 70) long.push(`${path}:${start + 1} ${head[2] ?? head[3]} has ${length} lines`);
  });
  return long;
}
