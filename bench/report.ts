/** The sections of docs/benchmarks.md: each is written anew when its benchmark is run, and the others stay. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

export interface Section {
  readonly title: string;
  /** What was compared, and how. */
  readonly setting: string;
  /** Rows of cells; the first row is the head. */
  readonly table: readonly (readonly string[])[];
  /** What the figures say. */
  readonly notes: string;
  /** Versions of the peers. */
  readonly peers: string;
}

const file = join(import.meta.dirname, '../docs/benchmarks.md');

const head = `# Benchmarks

Medians of runs taken in turn, on one machine. They are no promise: run them on yours with \`npm run bench\`. The tests
measure no time.`;

/** Writes a section and returns it. */
export async function writeSection(section: Section, command: string): Promise<string> {
  const text = await formatText(composeSection(section, command));
  const before = existsSync(file) ? readFileSync(file, 'utf8') : head;
  const [first = head, ...others] = before.trim().split(/\n+(?=## )/);
  const sections = others.filter((other) => !other.startsWith(`## ${section.title}\n`));
  writeFileSync(file, await formatText([first, ...[...sections, text.trim()].sort()].join('\n\n')));
  return text;
}

function composeSection({ title, setting, table, notes, peers }: Section, command: string): string {
  const [columns = [], ...rows] = table;
  const lines = [columns, columns.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  const date = new Date().toISOString().slice(0, 10);
  return `## ${title}

${setting}

${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

${notes}

\`${command}\`, ${date}, ${describeMachine()}, ${peers}.
`;
}

function describeMachine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const { node, sqlite = 'none' } = process.versions;
  return `${cpus().length} cores of ${cpu?.model.trim() ?? 'an unknown CPU'}, ${memory} GB, Node.js ${node} with SQLite ${sqlite}`;
}

async function formatText(text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file, proseWrap: 'always' });
}
