import { IAMClient, ListUserTagsCommand, type Tag } from '@aws-sdk/client-iam';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { iam, sts } from '../../../src/endpoint/model/overlay.ts';
import { AwsFault } from '../../../src/protocol/fault.ts';
import { writeAnswer, writeFault } from '../../../src/protocol/xml.ts';
import { Secret } from '../../../src/secret.ts';
import { toy } from './toy-model.ts';

const requestId = '545004dc-b93c-4174-8b7e-8abd11577996';

describe('writeAnswer', () => {
  it('writes the 210 bytes in which AWS answers DeleteAccessKey', () => {
    const text = writeAnswer(iam, 'DeleteAccessKey', undefined, requestId);
    expect(Buffer.byteLength(text)).toBe(210);
    expect(text).toBe(`<DeleteAccessKeyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ResponseMetadata>
    <RequestId>${requestId}</RequestId>
  </ResponseMetadata>
</DeleteAccessKeyResponse>
`);
  });

  it('writes the elements in the order in which AWS does', () => {
    const listed = { AccessKeyMetadata: [], IsTruncated: false };
    expect(writeAnswer(iam, 'ListAccessKeys', listed, requestId)).toContain(`  <ListAccessKeysResult>
    <IsTruncated>false</IsTruncated>
    <AccessKeyMetadata/>
  </ListAccessKeysResult>
`);
    const caller = { UserId: 'AIDA', Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/bob' };
    expect(writeAnswer(sts, 'GetCallerIdentity', caller, requestId)).toContain(`  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/bob</Arn>
    <UserId>AIDA</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
`);
  });

  it('writes structures, lists, maps and every scalar', () => {
    const output = {
      Text: 'a&b<c>"d"',
      Count: -1,
      Flag: false,
      Time: new Date('2024-03-11T14:18:54.987Z'),
      Bytes: Buffer.from([1, 2, 3]),
      Password: new Secret('hunter2!'),
      Words: ['', 'two'],
      Counts: [],
      Boxes: [{ Inner: {} }, { Words: undefined, Inner: { Count: 1 } }],
      Labels: { ab: 1 },
      Unknown: 'not written',
    };
    expect(writeAnswer(toy, 'Play', output, requestId)).toMatchInlineSnapshot(`
      "<PlayResponse xmlns="https://toy.example/doc/">
        <PlayResult>
          <Text>a&amp;b&lt;c&gt;&quot;d&quot;</Text>
          <Count>-1</Count>
          <Flag>false</Flag>
          <Time>2024-03-11T14:18:54Z</Time>
          <Bytes>AQID</Bytes>
          <Password>hunter2!</Password>
          <Words>
            <member></member>
            <member>two</member>
          </Words>
          <Counts/>
          <Boxes>
            <member>
              <Inner/>
            </member>
            <member>
              <Inner>
                <Count>1</Count>
              </Inner>
            </member>
          </Boxes>
          <Labels>
            <entry>
              <key>ab</key>
              <value>1</value>
            </entry>
          </Labels>
        </PlayResult>
        <ResponseMetadata>
          <RequestId>545004dc-b93c-4174-8b7e-8abd11577996</RequestId>
        </ResponseMetadata>
      </PlayResponse>
      "
    `);
  });

  it('writes an empty result for an operation whose answer has nothing to say', () => {
    expect(writeAnswer(toy, 'Play', {}, requestId)).toContain('\n  <PlayResult/>\n');
  });

  it('refuses a value that is not of its shape', () => {
    expect(() => writeAnswer(toy, 'Play', { Words: 'one' }, requestId)).toThrow(TypeError);
    expect(() => writeAnswer(toy, 'Play', { Labels: 1 }, requestId)).toThrow(TypeError);
  });

  it('is read by the AWS SDK as it was meant, whatever characters it holds', async () => {
    let body = '';
    const client = new IAMClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIARZPUZDIKAAAAAAAA', secretAccessKey: 'none' },
      requestHandler: {
        handle: () => Promise.resolve({ response: { statusCode: 200, headers: {}, body: Readable.from([body]) } }),
      },
    });
    const awkward = fc.constantFrom(...'&<>"\'\r\n\t \u0000\u001f\ud800\udc00\ufffe\uffff'.split(''), ']]>', '&amp;');
    const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    // The SDK takes blank text with a newline for indentation.
    const text = fc.string({ unit: fc.oneof(character, awkward) }).filter((value) => !/^\s*\n\s*$/.test(value));
    const tags = fc.array(fc.record({ Key: text, Value: text }));
    await fc.assert(
      fc.asyncProperty(tags, async (Tags: Tag[]) => {
        body = writeAnswer(iam, 'ListUserTags', { Tags, IsTruncated: false }, requestId);
        const answer = await client.send(new ListUserTagsCommand({ UserName: 'bob' }));
        expect(answer.IsTruncated).toBe(false);
        expect(answer.Tags).toEqual(
          Tags.map(({ Key, Value }) => ({ Key: keepAllowed(Key), Value: keepAllowed(Value) })),
        );
      }),
    );
  });
});

/** What is left of a text in XML 1.0: characters it cannot hold are U+FFFD. */
function keepAllowed(text = ''): string {
  return Array.from(text, (character) => (isAllowed(character.codePointAt(0) ?? 0) ? character : '\uFFFD')).join('');
}

function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || code > 0xffff;
}

describe('writeFault', () => {
  it('writes what AWS writes', () => {
    const fault = new AwsFault('NoSuchEntity', 'The user with name <bob> cannot be found.', 404);
    expect(writeFault(fault, { xmlns: iam.xmlns, requestId }))
      .toBe(`<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <Error>
    <Type>Sender</Type>
    <Code>NoSuchEntity</Code>
    <Message>The user with name &lt;bob&gt; cannot be found.</Message>
  </Error>
  <RequestId>${requestId}</RequestId>
</ErrorResponse>
`);
  });

  it('leaves an empty message out, and blames the receiver for a 5xx', () => {
    const text = writeFault(new AwsFault('ServiceFailure', '', 500), { xmlns: iam.xmlns, requestId });
    expect(text).not.toContain('Message');
    expect(text).toContain('<Type>Receiver</Type>');
  });
});
