// An endpoint in a process of its own, to be killed: argv is the data folder, the access key id and the secret.
import { startEndpoint } from '../../src/endpoint/index.ts';

const [, , data = '', accessKeyId = '', secretAccessKey = ''] = process.argv;
const endpoint = await startEndpoint({ data, accessKeyId, secretAccessKey });
process.stdout.write(`${endpoint.url}\n`);
