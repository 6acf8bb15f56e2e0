// ListAccessKeys through the AWS SDK, with nothing around it.
import { IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam';

void new IAMClient().send(new ListAccessKeysCommand()).then(({ AccessKeyMetadata }) => {
  console.log(JSON.stringify(AccessKeyMetadata));
  process.exit();
});
