/* Stops with one clear line on a Node.js that cannot run Keyturn. Written in the oldest syntax, so that it runs there. */
'use strict';

/* The same range as "engines" in package.json; a test holds the two together. */
var version = process.versions.node.split('.').map(Number);
var major = version[0];
var minor = version[1];
var patch = version[2];
var supported =
  (major === 22 && (minor > 22 || (minor === 22 && patch >= 3))) || (major === 24 && minor >= 15) || major > 24;

if (!supported) {
  process.stderr.write(
    'keyturn needs Node.js ^22.22.3 or >=24.15.0, and this is ' +
      process.version +
      '; in a clone run npm install without --ignore-scripts (it brings its own), elsewhere install a newer Node.js\n',
  );
  process.exit(2);
}
