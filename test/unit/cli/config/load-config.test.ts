import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../../src/cli/config/load-config.ts';
import { makeFolder } from '../../sinks/temporary-folder.ts';

const options = { yes: false, quiet: false, debug: false, color: false };
const home = process.cwd();

function write(file: string, name: string): string {
  writeFileSync(file, `sinks: { ${name}: { deliver: x } }\n`);
  return file;
}

afterEach(() => {
  process.chdir(home);
});

describe('loadConfig', () => {
  it('takes --config, else KEYTURN_CONFIG, else the file of the folder', async () => {
    const folder = makeFolder();
    const KEYTURN_CONFIG = write(join(folder, 'b.yaml'), 'b');
    const config = write(join(folder, 'a.yaml'), 'a');
    write(join(folder, 'keyturn.yaml'), 'c');
    process.chdir(folder);
    const names = async (of: Parameters<typeof loadConfig>[0]) => Object.keys((await loadConfig(of)).sinks);
    expect(await names({ options: { ...options, config }, env: { KEYTURN_CONFIG } })).toEqual(['a']);
    expect(await names({ options, env: { KEYTURN_CONFIG } })).toEqual(['b']);
    expect(await names({ options, env: { KEYTURN_CONFIG: '' } })).toEqual(['c']);
  });

  it('needs none, but one that is named', async () => {
    process.chdir(makeFolder());
    expect(await loadConfig({ options, env: {} })).toMatchObject({ sinks: {} });
    await expect(loadConfig({ options: { ...options, config: 'x' }, env: {} })).rejects.toMatchObject({
      code: 'ERR_FILE',
      message: '--config names x, and there is no such file',
    });
    await expect(loadConfig({ options, env: { KEYTURN_CONFIG: 'x' } })).rejects.toThrow('KEYTURN_CONFIG names x');
  });

  it('names the file in what it refuses', async () => {
    const config = join(makeFolder(), 'k.yaml');
    writeFileSync(config, 'sinks: 1\n');
    await expect(loadConfig({ options: { ...options, config }, env: {} })).rejects.toThrow(
      `${config}:1:8: sinks is not`,
    );
  });
});
