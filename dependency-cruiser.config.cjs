// The import law (docs/decisions/0001-layout-and-import-law.md): one rule a module, saying what it may reach.
// An arrow marked "types only" may carry `import type` and nothing else.

/** Everything a module may import beside itself, Node.js and the three files all may share. */
const law = {
  iam: {
    modules: [],
    packages: ['iam', 'sts', 'cloudtrail', 'organizations'].map((name) => `@aws-sdk/client-${name}`),
  },
  journal: { modules: [], packages: [] },
  rotation: { modules: ['iam', 'journal'], packages: [] },
  fleet: { modules: ['iam', 'policy', 'journal'], packages: [] },
  store: { modules: ['journal', 'fleet', 'sqlite'], packages: ['kysely', 'pg'] },
  sqlite: { modules: [], packages: [] },
  sigv4: { modules: [], packages: [] },
  protocol: { modules: [], packages: [] },
  policy: { modules: [], packages: [] },
  endpoint: { modules: ['protocol', 'sigv4', 'policy', 'sqlite'], packages: [] },
  sinks: { modules: ['rotation'], packages: ['@aws-sdk/client-secrets-manager', '@aws-sdk/client-ssm'] },
};

const shared = '^src/(errors|secret|access-key-id)\\.ts$';

const moduleRules = Object.entries(law).flatMap(([name, { modules, packages }]) => [
  {
    name: `${name}-reaches-only-its-own`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: { path: '^src/', pathNot: [`^src/(${[name, ...modules].join('|')})/`, shared] },
  },
  {
    name: `${name}-packages`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'unknown'],
      pathNot: packages.map((p) => `node_modules/${p}/`),
    },
  },
]);

module.exports = {
  forbidden: [
    ...moduleRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-files-stand-alone',
      severity: 'error',
      from: { path: shared },
      to: { path: '^src/', pathNot: shared },
    },
    {
      name: 'only-cli-imports-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'ports-are-types',
      severity: 'error',
      from: { path: '^src/(sinks|store)/' },
      to: { path: '^src/(rotation|fleet)/', dependencyTypesNot: ['type-only'] },
    },
    // The command line is bundled with what it uses; the library's imports must be there when it is installed.
    {
      name: 'no-dev-packages-in-library',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|sinks|store)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/index\\.ts$', '^src/cli/main\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  },
};
