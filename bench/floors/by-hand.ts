// ListAccessKeys with no more than it takes: one request, signed by hand, over node:http.
import { request } from 'node:http';
import { signHeaders } from '../../src/sigv4/sign.ts';

const { AWS_ENDPOINT_URL_IAM = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_REGION = '' } = process.env;
const { host, hostname, port } = new URL(AWS_ENDPOINT_URL_IAM);
const body = Buffer.from('Action=ListAccessKeys&Version=2010-05-08');
const { headers } = signHeaders(
  {
    method: 'POST',
    path: '/',
    query: '',
    headers: [
      ['Host', host],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ],
    body,
  },
  {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    region: AWS_REGION,
    service: 'iam',
    date: new Date(),
  },
);
request({ hostname, port, method: 'POST', headers: headers.flat() }, (response) => {
  response.pipe(process.stdout);
  response.on('end', () => {
    process.exit();
  });
}).end(body);
