// Made by tools/generate-service-model.ts from botocore 1.43.11; do not edit.
import type { ServiceModel } from '../../protocol/model.ts';

export const sts = {
  source: 'botocore 1.43.11',
  service: 'sts',
  apiVersion: '2011-06-15',
  xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    GetAccessKeyInfo: { input: 'GetAccessKeyInfoRequest', output: 'GetAccessKeyInfoResponse' },
    GetCallerIdentity: { input: 'GetCallerIdentityRequest', output: 'GetCallerIdentityResponse' },
  },
  shapes: {
    GetAccessKeyInfoRequest: {
      type: 'structure',
      members: { AccessKeyId: 'accessKeyIdType' },
      required: ['AccessKeyId'],
    },
    GetAccessKeyInfoResponse: { type: 'structure', members: { Account: 'accountType' } },
    GetCallerIdentityRequest: { type: 'structure', members: {} },
    GetCallerIdentityResponse: {
      type: 'structure',
      members: { UserId: 'userIdType', Account: 'accountType', Arn: 'arnType' },
    },
    accessKeyIdType: { type: 'string', min: 16, max: 128, pattern: '[\\w]*' },
    accountType: { type: 'string' },
    arnType: {
      type: 'string',
      min: 20,
      max: 2048,
      pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+',
    },
    userIdType: { type: 'string' },
  },
  faults: {},
} as const satisfies ServiceModel;
