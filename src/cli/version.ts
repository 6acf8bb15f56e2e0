// Set by tools/build.ts from package.json; absent when the sources are run as they are.
declare const KEYTURN_VERSION: string | undefined;

export const version = typeof KEYTURN_VERSION === 'string' ? KEYTURN_VERSION : 'development';
