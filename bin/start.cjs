/*
 * Runs the built command line, and reads of it only the parts that are asked for. What V8 has compiled of them is kept
 * between runs, in a folder of this user's own.
 *
 * Node's own compile cache (module.enableCompileCache) keeps what is compiled when a file is loaded, and functions are
 * compiled later, when they are first called. This one is made at the end of a run, and saves a third of the next one.
 */
'use strict';

const { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

const folder = join(__dirname, '..', 'dist', 'cli');
const main = './main.cjs';
const mainSource = readMain();
const file = findCacheFile();
const kept = new Map();
readCache();
const scripts = new Map();
const modules = new Map();
let isComplete = true;

process.on('exit', writeCache);
load(main);

/* `require`, as the parts know it. */
function load(name) {
  if (!name.startsWith('./')) return require(name);
  let module = modules.get(name);
  if (module === undefined) {
    module = { exports: {} };
    modules.set(name, module);
    compile(name).runInThisContext()(module.exports, load, module);
  }
  return module.exports;
}

function compile(name) {
  const source = name === main ? mainSource : readPart(name);
  const script = new Script(source, { filename: join(folder, name), cachedData: kept.get(name) });
  if (script.cachedDataRejected !== false) isComplete = false;
  scripts.set(name, script);
  return script;
}

function readPart(name) {
  return readFileSync(join(folder, name), 'utf8');
}

function readMain() {
  try {
    return readPart(main);
  } catch {
    const program = join(folder, main);
    process.stderr.write(
      'error: keyturn is not built: ' + program + ' is missing\n  in a clone: npm install && npm run build\n',
    );
    process.exit(2);
  }
}

/* The cache is code that is run: a folder that someone else can write to is not used. Without a cache all works. */
function findCacheFile() {
  try {
    const folder = join(findCacheFolder(), 'keyturn', 'compiled');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOurs(folder) ? join(folder, [process.version, process.arch, ...nameCommand()].join('-')) : undefined;
  } catch {
    return undefined;
  }
}

/* What is run: what one command has compiled is of little use to another, and its help is not the command. */
function nameCommand() {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return ['help'];
  const words = /^(?:-[a-z-]+|[a-z-]+(?: [a-z][a-z-]*)?)(?= |$)/.exec(args.join(' '));
  return words === null ? [] : words[0].split(' ');
}

/*
 * A cache begins with two checksums: that of the main part, which names the build, because V8 compares no more of a
 * source than its length; and that of the rest, because V8 believes what it reads there. The rest is a line that lists
 * the parts and their lengths, and what was kept of each.
 */
function readCache() {
  try {
    const cache = readFileSync(file);
    const rest = cache.subarray(8);
    if (cache.readUInt32LE(0) !== crc32(mainSource) || cache.readUInt32LE(4) !== crc32(rest)) return;
    let at = rest.indexOf('\n') + 1;
    for (const [name, length] of JSON.parse(rest.toString('latin1', 0, at))) {
      kept.set(name, rest.subarray(at, (at += length)));
    }
  } catch {
    return;
  }
}

/* A run that failed has not come far enough to be worth keeping. */
function writeCache(code) {
  if (file === undefined || code !== 0 || isComplete) return;
  try {
    for (const [name, script] of scripts) kept.set(name, script.createCachedData());
    const list = JSON.stringify(Array.from(kept, ([name, { length }]) => [name, length]));
    // V8 copies what does not begin at a multiple of eight bytes.
    const line = list.padEnd(Math.ceil((list.length + 1) / 8) * 8 - 1) + '\n';
    const rest = Buffer.concat([Buffer.from(line, 'latin1'), ...kept.values()]);
    const checksums = Buffer.alloc(8);
    checksums.writeUInt32LE(crc32(mainSource), 0);
    checksums.writeUInt32LE(crc32(rest), 4);
    const temporary = file + '.' + process.pid;
    writeFileSync(temporary, Buffer.concat([checksums, rest]), { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    return;
  }
}

function findCacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (XDG_CACHE_HOME && XDG_CACHE_HOME.startsWith('/')) return XDG_CACHE_HOME;
  return process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}

function isOurs(folder) {
  if (process.platform === 'win32') return true;
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid() && (mode & 0o022) === 0;
}
