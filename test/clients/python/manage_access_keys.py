"""The story of AWS's "Manage access keys" example, told as a program that knows nothing of Keyturn.

It takes credentials, region and endpoint from the environment alone, as any boto3 program does, so it runs the same
against AWS. It prints what it saw, never the secret.
"""

import logging

import boto3
from botocore.exceptions import ClientError

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
log = logging.getLogger("keys")
iam = boto3.resource("iam")


def keys_of(user_name):
    keys = list(iam.User(user_name).access_keys.all())
    log.info("%d keys for %s", len(keys), user_name)
    return keys


def show(user_name):
    print("keys " + ", ".join(f"{key.id} {key.status}" for key in keys_of(user_name)))


def last_use(key_id):
    answer = iam.meta.client.get_access_key_last_used(AccessKeyId=key_id)
    return answer["UserName"], answer["AccessKeyLastUsed"]


def works(pair):
    """Whether a pair is accepted: it asks STS who it is."""
    sts = boto3.client("sts", aws_access_key_id=pair.id, aws_secret_access_key=pair.secret)
    try:
        return sts.get_caller_identity()["Arn"]
    except ClientError as error:
        return error.response["Error"]["Code"]


def main():
    me = iam.CurrentUser().user_name
    print(f"user {me}")
    before = keys_of(me)
    if len(before) >= 2:
        print("two keys already, nothing to do")
        return
    pair = iam.User(me).create_access_key_pair()
    print(f"created {pair.id} {pair.status} secret of {len(pair.secret)}")
    show(me)
    for key in before:
        owner, use = last_use(key.id)
        print(f"last use {owner} {use['ServiceName']} {use['Region']} {use.get('LastUsedDate') is not None}")
    owner, use = last_use(pair.id)
    print(f"new key {owner} {use['ServiceName']} {use['Region']} {use.get('LastUsedDate')}")
    print(f"active: {works(pair)}")
    key = iam.User(me).AccessKey(pair.id)
    key.deactivate()
    print(f"inactive: {works(pair)}")
    show(me)
    key.activate()
    print(f"active again: {works(pair)}")
    key.delete()
    print(f"deleted: {works(pair)}")
    show(me)


if __name__ == "__main__":
    main()
