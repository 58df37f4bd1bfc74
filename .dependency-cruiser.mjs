/** Only `folders` may import `packages`. */
const only = (packages, folders) => ({
  name: `${packages.join('-')}-in-one-place`.replaceAll(/[@/]/g, ''),
  comment: `${packages.join(', ')} ${packages.length > 1 ? 'are' : 'is'} imported from one place, so that it can be replaced there`,
  severity: 'error',
  from: { pathNot: [...folders.map((folder) => `^${folder}`), '^(bench|e2e|scripts)/', '\\.test\\.tsx?$'] },
  to: { path: `(^|/)node_modules/(${packages.join('|')})/` },
});

/** `from` must not import `to`. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const TESTS = '\\.test\\.tsx?$|/testing/|^e2e/|^bench/|^scripts/';

/** What of lib a browser may load. */
const ISOMORPHIC =
  '^lib/(client/|errors\\.ts|ids\\.ts|french/(novel-text|fold-for-search)\\.ts|rewrite/engine\\.ts|[a-z-]+/(schema|status|price|browser|[a-z-]+-schema)\\.ts)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    never('no-circles', 'Two files that import each other are one file', {}, { circular: true }),
    never('no-unresolvable', 'Every import leads somewhere', {}, { couldNotResolve: true }),
    never(
      'no-dev-in-product',
      'The product runs without its tools',
      {
        path: '^(app|components|db|inngest|lib)/',
        pathNot: TESTS,
      },
      { dependencyTypes: ['npm-dev'] },
    ),

    // The floors of the house
    never(
      'db-is-the-foundation',
      'db imports only lib/ids and lib/env',
      { path: '^db/', pathNot: TESTS },
      {
        path: '^(app|components|inngest|lib)/',
        pathNot: '^lib/(ids|env|env-variables)\\.ts$',
      },
    ),
    never(
      'lib-knows-no-door',
      'lib is used by app and inngest, never the other way',
      { path: '^lib/', pathNot: TESTS },
      {
        path: '^(app|components|inngest)/',
      },
    ),
    never(
      'inngest-holds-no-sql',
      'Step functions call verbs of lib',
      { path: '^inngest/functions/', pathNot: TESTS },
      {
        path: '^(app|components|db)/|(^|/)node_modules/(drizzle-orm|postgres)/',
      },
    ),
    never(
      'engine-stands-alone',
      'The embedded engine could be published on its own',
      { path: '^inngest/embedded/', pathNot: TESTS },
      {
        path: '^(app|components|db|lib|scripts)/|^inngest/(functions/|client|events|step-errors)',
        // How to open PostgreSQL, and to outlast its absence, knows nothing of the product, and would be published with it.
        pathNot: '^db/(open-postgres|persist)\\.ts$',
      },
    ),
    never(
      'components-know-no-rows',
      'Components know the client and the isomorphic part of lib',
      { path: '^components/', pathNot: TESTS },
      {
        path: '^(app|db|inngest|lib)/',
        pathNot: ISOMORPHIC,
      },
    ),
    never(
      'components-stay-in-the-browser',
      'No server package in a component',
      { path: '^components/', pathNot: TESTS },
      {
        dependencyTypes: ['core'],
      },
    ),
    never(
      'app-holds-no-sql',
      'Routes call one verb',
      { path: '^app/' },
      {
        path: '^db/|(^|/)node_modules/(drizzle-orm|postgres)/',
      },
    ),
    never(
      'app-knows-events-only',
      'Only the Inngest route imports functions',
      { path: '^app/', pathNot: '^app/api/inngest/' },
      {
        path: '^inngest/',
        pathNot: '^inngest/(client|events)\\.ts$',
      },
    ),
    never('nobody-imports-app', 'app is routing only', { pathNot: `^app/|${TESTS}` }, { path: '^app/' }),
    never(
      'product-imports-no-scripts',
      'Scripts start the product',
      { path: '^(app|components|db|inngest|lib)/', pathNot: TESTS },
      {
        path: '^(scripts|bench|e2e)/|^db/testing/',
      },
    ),

    // The floors inside lib: exports, http/route > jobs > rewrite, credits, auth > pdf, storage, rate-limit > the ground
    never(
      'ground-floor',
      'french, env, errors, discreet-error, log, ids import nothing above them',
      {
        path: '^lib/(french/|env|errors|discreet-error|log|ids)',
        pathNot: TESTS,
      },
      { path: '^lib/', pathNot: '^lib/(french/|env|errors|discreet-error|log|ids)' },
    ),
    never(
      'first-floor',
      'pdf, storage, rate-limit import only the ground floor',
      {
        path: '^lib/(pdf|storage|rate-limit)/',
        pathNot: TESTS,
      },
      { path: '^lib/(rewrite|credits|auth|jobs|exports|http)/' },
    ),
    never(
      'second-floor',
      'rewrite, credits, auth know no jobs',
      {
        path: '^lib/(rewrite|credits|auth)/',
        pathNot: TESTS,
      },
      { path: '^lib/(jobs|exports|http)/' },
    ),
    never(
      'third-floor',
      'jobs know no exports and no HTTP',
      { path: '^lib/jobs/', pathNot: TESTS },
      {
        path: '^lib/(exports|http)/',
      },
    ),
    never(
      'french-is-pure',
      'Rules of the language need no I/O',
      { path: '^lib/(french/|credits/price)', pathNot: TESTS },
      {
        path: '^(db|inngest)/|^lib/(env|log)|(^|/)node_modules/(drizzle-orm|postgres|pino)/',
      },
    ),

    // One SDK, one folder
    only(['@google/genai'], ['lib/rewrite/gemini/']),
    only(['@hyzyla/pdfium'], ['lib/pdf/']),
    only(['pdf-lib', '@pdf-lib/fontkit'], ['lib/pdf/', 'lib/exports/']),
    only(['next-auth'], ['lib/auth/', 'app/api/auth/']),
    only(['standardwebhooks', 'undici'], ['lib/webhooks/']),
    only(['@aws-sdk/client-s3'], ['lib/storage/s3/']),
    only(['inngest'], ['inngest/', 'app/api/inngest/']),
    only(['postgres', 'drizzle-orm'], ['db/', 'lib/', 'inngest/embedded/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.data)/' },
    // TypeScript 7 has no API for it yet.
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
