// A scan in a process of its own, to be killed in the middle: `scan-child.ts ENDPOINT PLACE [--org]`, signed by the keys in
// the environment. It says how many users it has read.
import { scanAccount, scanFleet } from '../../src/fleet/index.ts';
import { connect } from '../../src/iam/index.ts';
import { openSnapshotStore } from '../../src/store/open-snapshot-store.ts';

const [endpoint = '', place = '', scope] = process.argv.slice(2);
const aws = connect({ endpoint, region: 'us-east-1' });
const store = await openSnapshotStore(place, { now: () => new Date() });
const options = {
  store,
  onProgress: ({ users }: { readonly users: number }) => process.stdout.write(`${users}\n`),
};
if (scope === '--org') for await (const { account } of scanFleet(aws, options)) void account;
else await scanAccount(aws, options);
await store.close();
aws.destroy();
