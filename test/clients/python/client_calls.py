"""Every action of the endpoint through boto3's client, with the answers and refusals that AWS gives.

The endpoint comes as an argument, so that boto3 versions older than AWS_ENDPOINT_URL run it too.
"""

import re
import sys

import boto3
from botocore.exceptions import ClientError

endpoint = sys.argv[1]
iam = boto3.client("iam", endpoint_url=endpoint)
sts = boto3.client("sts", endpoint_url=endpoint)


def refused(code, status, message, call, **arguments):
    """Asserts that a call is refused with just this code, status and message."""
    try:
        call(**arguments)
    except ClientError as error:
        got = error.response["Error"]
        assert got["Code"] == code, got
        assert got["Message"] == message, got
        assert got["Type"] == "Sender", got
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error.response
        assert set(got) == {"Type", "Code", "Message"}, got
        return
    raise AssertionError(f"not refused: {call} {arguments}")


def plain(answer):
    answer.pop("ResponseMetadata")
    return answer


account = sts.get_caller_identity()["Account"]
assert sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{account}:user/admin"

# Users.
user = iam.create_user(UserName="Ada", Path="/team/", Tags=[{"Key": "owner", "Value": "ada@example.com"}])["User"]
assert user["Arn"] == f"arn:aws:iam::{account}:user/team/Ada", user
assert re.fullmatch("AIDA[A-Z2-7]{17}|AIDA[A-Z2-7]{16}", user["UserId"]), user
assert user["Tags"] == [{"Key": "owner", "Value": "ada@example.com"}], user
refused("EntityAlreadyExists", 409, "User with name ADA already exists.", iam.create_user, UserName="ADA")
assert iam.get_user(UserName="ada")["User"]["UserName"] == "Ada"
assert iam.get_user()["User"]["UserName"] == "admin"
refused("NoSuchEntity", 404, "The user with name nobody cannot be found.", iam.get_user, UserName="nobody")
for number in range(25):
    iam.create_user(UserName=f"user-{number:02}", Path="/many/")
pages = list(iam.get_paginator("list_users").paginate(PathPrefix="/many/", PaginationConfig={"PageSize": 10}))
assert [len(page["Users"]) for page in pages] == [10, 10, 5], pages
assert [page["IsTruncated"] for page in pages] == [True, True, False]
names = [user["UserName"] for page in pages for user in page["Users"]]
assert names == [f"user-{number:02}" for number in range(25)], names
assert all("Tags" not in user for user in iam.list_users()["Users"])
iam.get_waiter("user_exists").wait(UserName="Ada")

# Tags.
iam.tag_user(UserName="Ada", Tags=[{"Key": "Team", "Value": "keys"}, {"Key": "owner", "Value": "grace"}])
assert iam.list_user_tags(UserName="Ada")["Tags"] == [
    {"Key": "owner", "Value": "grace"},
    {"Key": "Team", "Value": "keys"},
], iam.list_user_tags(UserName="Ada")
refused(
    "InvalidInput",
    400,
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    iam.tag_user,
    UserName="Ada",
    Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}],
)
iam.untag_user(UserName="Ada", TagKeys=["Team", "absent"])
assert [tag["Key"] for tag in iam.list_user_tags(UserName="Ada")["Tags"]] == ["owner"]

# Keys.
key = iam.create_access_key(UserName="Ada")["AccessKey"]
assert key["Status"] == "Active" and key["UserName"] == "Ada", "a new key is Active"
assert re.fullmatch("AKIA[A-Z2-7]{16}", key["AccessKeyId"]) and len(key["SecretAccessKey"]) == 40
assert sts.get_access_key_info(AccessKeyId=key["AccessKeyId"])["Account"] == account
listed = plain(iam.list_access_keys(UserName="Ada"))
assert listed["IsTruncated"] is False and "Marker" not in listed, listed
assert [set(item) for item in listed["AccessKeyMetadata"]] == [{"UserName", "AccessKeyId", "Status", "CreateDate"}]
unused = plain(iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"]))
assert unused == {"UserName": "Ada", "AccessKeyLastUsed": {"Region": "N/A", "ServiceName": "N/A"}}, unused
second = iam.create_access_key(UserName="Ada")["AccessKey"]
refused(
    "LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2", iam.create_access_key, UserName="Ada"
)

ada = {
    "aws_access_key_id": key["AccessKeyId"],
    "aws_secret_access_key": key["SecretAccessKey"],
    "endpoint_url": endpoint,
}
assert boto3.client("sts", **ada).get_caller_identity()["UserId"] == user["UserId"]
used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"]
assert used["ServiceName"] == "sts" and used["LastUsedDate"].tzinfo is not None, used
refused(
    "AccessDenied",
    403,
    f"User: {user['Arn']} is not authorized to perform: iam:ListAccessKeys on resource: user Ada because no "
    "identity-based policy allows the iam:ListAccessKeys action",
    boto3.client("iam", **ada).list_access_keys,
    UserName="Ada",
)
iam.update_access_key(UserName="Ada", AccessKeyId=key["AccessKeyId"], Status="Inactive")
refused(
    "InvalidClientTokenId",
    403,
    "The security token included in the request is invalid.",
    boto3.client("sts", **ada).get_caller_identity,
)
iam.update_access_key(UserName="Ada", AccessKeyId=key["AccessKeyId"], Status="Active")
refused(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
    "Key and signing method. Consult the service documentation for details.",
    boto3.client("sts", **{**ada, "aws_secret_access_key": "x" * 40}).get_caller_identity,
)
refused(
    "NoSuchEntity",
    404,
    f"The Access Key with id {key['AccessKeyId']} cannot be found.",
    iam.update_access_key,
    AccessKeyId=key["AccessKeyId"],
    Status="Inactive",
)
refused(
    "AccessDenied",
    403,
    f"User: arn:aws:iam::{account}:user/admin is not authorized to perform iam:GetAccessKeyLastUsed on resource: "
    "access key AKIAAAAAAAAAAAAAAAAA",
    iam.get_access_key_last_used,
    AccessKeyId="AKIAAAAAAAAAAAAAAAAA",
)

# A new name keeps the id and the keys.
iam.update_user(UserName="Ada", NewUserName="Lovelace", NewPath="/countess/")
renamed = iam.get_user(UserName="Lovelace")["User"]
assert renamed["UserId"] == user["UserId"] and renamed["Arn"] == f"arn:aws:iam::{account}:user/countess/Lovelace"
assert boto3.client("sts", **ada).get_caller_identity()["Arn"] == renamed["Arn"]

refused("DeleteConflict", 409, "Cannot delete entity, must delete access keys first.", iam.delete_user, UserName="Lovelace")
for item in (key, second):
    iam.delete_access_key(UserName="Lovelace", AccessKeyId=item["AccessKeyId"])
refused(
    "NoSuchEntity",
    404,
    f"The Access Key with id {second['AccessKeyId']} cannot be found.",
    iam.delete_access_key,
    UserName="Lovelace",
    AccessKeyId=second["AccessKeyId"],
)
assert plain(iam.delete_user(UserName="Lovelace")) == {}
summary = iam.get_account_summary()["SummaryMap"]
assert summary["Users"] == 26 and summary["UsersQuota"] == 5000 and summary["AccessKeysPerUserQuota"] == 2, summary

print("ok")
