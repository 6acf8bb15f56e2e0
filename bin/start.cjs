/*
 * Runs the built command line. What V8 has compiled of it is kept between runs, in a folder of this user's own.
 *
 * Node's own compile cache (module.enableCompileCache) keeps what is compiled when a file is loaded, and functions are
 * compiled later, when they are first called. This one is made at the end of a run, and saves a third of the next one.
 */
'use strict';

const { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

const program = join(__dirname, '..', 'dist', 'cli', 'main.cjs');

if (!existsSync(program)) {
  process.stderr.write(
    'error: keyturn is not built: ' + program + ' is missing\n  in a clone: npm install && npm run build\n',
  );
  process.exit(2);
}

const source = readFileSync(program);
const file = findCacheFile();
const script = new Script(source.toString(), { filename: program, cachedData: readCache() });
if (script.cachedDataRejected !== false) process.on('exit', writeCache);
script.runInThisContext()(require);

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
 * A cache begins with two checksums. That of its program, of which V8 itself compares no more than the length; and that
 * of the rest, because V8 believes what it reads there.
 */
function readCache() {
  try {
    const cache = readFileSync(file);
    const data = cache.subarray(8);
    const isRight = cache.readUInt32LE(0) === crc32(source) && cache.readUInt32LE(4) === crc32(data);
    return isRight ? data : undefined;
  } catch {
    return undefined;
  }
}

/* A run that failed has not come far enough to be worth keeping. */
function writeCache(code) {
  if (file === undefined || code !== 0) return;
  try {
    const data = script.createCachedData();
    const checksums = Buffer.alloc(8);
    checksums.writeUInt32LE(crc32(source), 0);
    checksums.writeUInt32LE(crc32(data), 4);
    const temporary = file + '.' + process.pid;
    writeFileSync(temporary, Buffer.concat([checksums, data]), { mode: 0o600 });
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
