"""What Terraform's aws provider calls for IAM users, keys, policies, profiles and devices, from plan to destroy.

After each apply everything is read back as a refresh does, and compared with what was applied: a difference would be a
permanent diff. The endpoint comes as an argument, so that boto3 versions older than AWS_ENDPOINT_URL run it too.
"""

import base64
import hashlib
import hmac
import json
import struct
import sys
import time

import boto3
from botocore.exceptions import ClientError

endpoint = sys.argv[1]
iam = boto3.client("iam", endpoint_url=endpoint)
sts = boto3.client("sts", endpoint_url=endpoint)


def gone(call, **arguments):
    """Whether a read says what the provider takes for a resource that was deleted elsewhere."""
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "NoSuchEntity", error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404, error
        return True
    return False


def as_map(tags):
    """Tags as Terraform compares them, in whatever order they come."""
    return {tag["Key"]: tag["Value"] for tag in tags}


def conflicts(call, message, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "DeleteConflict", error
        assert error.response["Error"]["Message"] == message, error
        return True
    return False


def pages(operation, field, **arguments):
    found = []
    for page in iam.get_paginator(operation).paginate(PaginationConfig={"PageSize": 2}, **arguments):
        found.extend(page[field])
    return found


def code(seed, step):
    """RFC 6238, by a hand that has nothing in common with the endpoint's."""
    key = base64.b32decode(seed)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return str((struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6).zfill(6)


# provider "aws"
identity = sts.get_caller_identity()
account = identity["Account"]
assert identity["Arn"].split(":")[1] == "aws"

# aws_iam_user
tags = [{"Key": "Team", "Value": "keys"}, {"Key": "env", "Value": "test"}]
made = iam.create_user(Path="/tf/", UserName="deployer", Tags=tags)["User"]
read = iam.get_user(UserName="deployer")["User"]
assert as_map(read.pop("Tags")) == as_map(made.pop("Tags")) == as_map(tags)
assert read == made, (read, made)

# an update of name, path, tags and boundary
boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
iam.update_user(UserName="deployer", NewUserName="releaser", NewPath="/tf/new/")
iam.untag_user(UserName="releaser", TagKeys=["env"])
iam.tag_user(UserName="releaser", Tags=[{"Key": "Team", "Value": "release"}])
iam.put_user_permissions_boundary(UserName="releaser", PermissionsBoundary=boundary)
read = iam.get_user(UserName="releaser")["User"]
assert read["UserId"] == made["UserId"] and read["Path"] == "/tf/new/", read
assert read["Tags"] == [{"Key": "Team", "Value": "release"}], read
assert read["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary, read
iam.delete_user_permissions_boundary(UserName="releaser")
assert "PermissionsBoundary" not in iam.get_user(UserName="releaser")["User"]
assert gone(iam.get_user, UserName="deployer")

# aws_iam_access_key, and its import
key = iam.create_access_key(UserName="releaser")["AccessKey"]
iam.update_access_key(UserName="releaser", AccessKeyId=key["AccessKeyId"], Status="Inactive")
shown = pages("list_access_keys", "AccessKeyMetadata", UserName="releaser")
expected = {name: key[name] for name in ("UserName", "AccessKeyId", "CreateDate")}
assert shown == [{**expected, "Status": "Inactive"}], shown
assert iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["UserName"] == "releaser"

# aws_iam_user_policy: the document comes back as it was given
document = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
iam.put_user_policy(UserName="releaser", PolicyName="inline", PolicyDocument=document)
answer = iam.get_user_policy(UserName="releaser", PolicyName="inline")
assert answer["PolicyDocument"] == json.loads(document), answer
assert (answer["UserName"], answer["PolicyName"]) == ("releaser", "inline")

# aws_iam_group, aws_iam_user_group_membership, aws_iam_policy, aws_iam_user_policy_attachment
iam.create_group(GroupName="release", Path="/tf/")
iam.add_user_to_group(GroupName="release", UserName="releaser")
assert [group["GroupName"] for group in pages("list_groups_for_user", "Groups", UserName="releaser")] == ["release"]
policy = iam.create_policy(PolicyName="own", PolicyDocument=document, Path="/tf/", Description="ours")["Policy"]
iam.attach_user_policy(UserName="releaser", PolicyArn=policy["Arn"])
attached = pages("list_attached_user_policies", "AttachedPolicies", UserName="releaser")
assert attached == [{"PolicyName": "own", "PolicyArn": policy["Arn"]}], attached
version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])["PolicyVersion"]
assert version["Document"] == json.loads(document), version

# aws_iam_user_login_profile
iam.create_login_profile(UserName="releaser", Password="Tr0ub4dor&3", PasswordResetRequired=True)
assert iam.get_login_profile(UserName="releaser")["LoginProfile"]["PasswordResetRequired"] is True

# aws_iam_service_specific_credential
git = "codecommit.amazonaws.com"
credential = iam.create_service_specific_credential(UserName="releaser", ServiceName=git)["ServiceSpecificCredential"]
listed = iam.list_service_specific_credentials(UserName="releaser", ServiceName=git)["ServiceSpecificCredentials"]
assert listed == [{name: value for name, value in credential.items() if name != "ServicePassword"}], listed

# aws_iam_virtual_mfa_device, enabled outside of Terraform
device = iam.create_virtual_mfa_device(VirtualMFADeviceName="releaser", Path="/tf/")["VirtualMFADevice"]
serial = device["SerialNumber"]
assert serial == f"arn:aws:iam::{account}:mfa/tf/releaser"
unassigned = pages("list_virtual_mfa_devices", "VirtualMFADevices", AssignmentStatus="Unassigned")
assert unassigned == [{"SerialNumber": serial}], unassigned
step = int(time.time()) // 30
codes = [code(device["Base32StringSeed"], number) for number in (step - 1, step)]
iam.enable_mfa_device(
    UserName="releaser", SerialNumber=serial, AuthenticationCode1=codes[0], AuthenticationCode2=codes[1]
)

# aws_iam_account_alias, aws_iam_account_password_policy
iam.create_account_alias(AccountAlias="keyturn-test")
assert pages("list_account_aliases", "AccountAliases") == ["keyturn-test"]
settings = {
    "MinimumPasswordLength": 14,
    "RequireSymbols": True,
    "RequireNumbers": True,
    "RequireUppercaseCharacters": True,
    "RequireLowercaseCharacters": True,
    "AllowUsersToChangePassword": True,
    "HardExpiry": False,
    "MaxPasswordAge": 90,
    "PasswordReusePrevention": 24,
}
iam.update_account_password_policy(**settings)
assert iam.get_account_password_policy()["PasswordPolicy"] == {**settings, "ExpirePasswords": True}

# terraform destroy: in the order of their dependence, then the user with force_destroy
assert conflicts(
    iam.delete_user, "Cannot delete entity, must delete policies first.", UserName="releaser"
), "the user went with its policies"
iam.delete_user_policy(UserName="releaser", PolicyName="inline")
iam.detach_user_policy(UserName="releaser", PolicyArn=policy["Arn"])
iam.delete_policy(PolicyArn=policy["Arn"])
assert gone(iam.get_user_policy, UserName="releaser", PolicyName="inline")
assert gone(iam.get_policy, PolicyArn=policy["Arn"])

for group in pages("list_groups_for_user", "Groups", UserName="releaser"):
    iam.remove_user_from_group(GroupName=group["GroupName"], UserName="releaser")
for shown in pages("list_access_keys", "AccessKeyMetadata", UserName="releaser"):
    iam.delete_access_key(UserName="releaser", AccessKeyId=shown["AccessKeyId"])
assert pages("list_ssh_public_keys", "SSHPublicKeys", UserName="releaser") == []
for assigned in pages("list_virtual_mfa_devices", "VirtualMFADevices", AssignmentStatus="Assigned"):
    if assigned["User"]["UserName"] == "releaser":
        iam.deactivate_mfa_device(UserName="releaser", SerialNumber=assigned["SerialNumber"])
        iam.delete_virtual_mfa_device(SerialNumber=assigned["SerialNumber"])
assert pages("list_mfa_devices", "MFADevices", UserName="releaser") == []
iam.delete_login_profile(UserName="releaser")
assert gone(iam.delete_login_profile, UserName="releaser")
assert pages("list_signing_certificates", "Certificates", UserName="releaser") == []
for shown in iam.list_service_specific_credentials(UserName="releaser")["ServiceSpecificCredentials"]:
    iam.delete_service_specific_credential(
        UserName="releaser", ServiceSpecificCredentialId=shown["ServiceSpecificCredentialId"]
    )
iam.delete_user(UserName="releaser")
assert gone(iam.delete_user, UserName="releaser")
assert gone(iam.list_access_keys, UserName="releaser")
iam.delete_group(GroupName="release")
iam.delete_account_alias(AccountAlias="keyturn-test")
iam.delete_account_password_policy()
assert gone(iam.get_account_password_policy)
print("ok")
