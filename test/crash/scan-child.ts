// A scan in a process of its own, to be killed in the middle: `scan-child.ts ENDPOINT PLACE`, signed by the keys in
// the environment. It says how many users it has read.
import { scanAccount } from '../../src/fleet/index.ts';
import { connect } from '../../src/iam/index.ts';
import { openSnapshotStore } from '../../src/store/open-snapshot-store.ts';

const [endpoint = '', place = ''] = process.argv.slice(2);
const aws = connect({ endpoint, region: 'us-east-1' });
const store = await openSnapshotStore(place, { now: () => new Date() });
await scanAccount(aws, { store, onProgress: ({ users }) => process.stdout.write(`${users}\n`) });
await store.close();
aws.destroy();
