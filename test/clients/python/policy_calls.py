"""Groups, policies, roles and sessions through boto3's client, with the answers and refusals that AWS gives.

The endpoint comes as an argument, so that boto3 versions older than AWS_ENDPOINT_URL run it too.
"""

import json
import re
import sys
from datetime import datetime, timezone

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
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error.response
        return
    raise AssertionError(f"not refused: {call} {arguments}")


def plain(answer):
    answer.pop("ResponseMetadata")
    return answer


def allow(action, resource="*"):
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]}


account = sts.get_caller_identity()["Account"]
admin = f"arn:aws:iam::{account}:user/admin"

# Groups.
group = iam.create_group(GroupName="Ops", Path="/team/")["Group"]
assert set(group) == {"Path", "GroupName", "GroupId", "Arn", "CreateDate"}, group
refused("EntityAlreadyExists", 409, "Group with name ops already exists.", iam.create_group, GroupName="ops")
for number in range(12):
    iam.create_user(UserName=f"user-{number:02}")
    iam.add_user_to_group(GroupName="Ops", UserName=f"user-{number:02}")
pages = iam.get_paginator("get_group").paginate(GroupName="Ops", PaginationConfig={"PageSize": 5})
assert [len(page["Users"]) for page in pages] == [5, 5, 2]
assert plain(iam.list_groups_for_user(UserName="user-00")) == {"Groups": [group], "IsTruncated": False}
assert plain(iam.list_groups(PathPrefix="/team/")) == {"Groups": [group], "IsTruncated": False}
iam.remove_user_from_group(GroupName="Ops", UserName="user-00")
iam.remove_user_from_group(GroupName="Ops", UserName="user-00")
refused(
    "DeleteConflict",
    409,
    "Cannot delete entity, must remove users from group first.",
    iam.delete_group,
    GroupName="Ops",
)
iam.update_group(GroupName="Ops", NewGroupName="Operators")
refused("NoSuchEntity", 404, "The group with name Ops cannot be found.", iam.get_group, GroupName="Ops")

# Inline policies. boto3 decodes the documents.
for put, get, names, delete, owner in [
    (iam.put_user_policy, iam.get_user_policy, iam.list_user_policies, iam.delete_user_policy, {"UserName": "user-00"}),
    (
        iam.put_group_policy,
        iam.get_group_policy,
        iam.list_group_policies,
        iam.delete_group_policy,
        {"GroupName": "Operators"},
    ),
]:
    document = allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}")
    put(**owner, PolicyName="self", PolicyDocument=json.dumps(document, indent=2))
    assert plain(get(**owner, PolicyName="self")) == {**owner, "PolicyName": "self", "PolicyDocument": document}
    assert plain(names(**owner)) == {"PolicyNames": ["self"], "IsTruncated": False}
    delete(**owner, PolicyName="self")
    kind = "user" if "UserName" in owner else "group"
    refused(
        "NoSuchEntity", 404, f"The {kind} policy with name self cannot be found.", get, **owner, PolicyName="self"
    )

# Managed policies, their versions and tags.
policy = iam.create_policy(PolicyName="look", PolicyDocument=json.dumps(allow("iam:Get*")), Description="reads")["Policy"]
arn = policy["Arn"]
assert "Description" not in policy and "Tags" not in policy, policy
described = iam.get_policy(PolicyArn=arn)["Policy"]
assert described == {**policy, "Description": "reads", "Tags": []}, described
for number in range(4):
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(allow("iam:List*")))
refused(
    "LimitExceeded",
    409,
    "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
    iam.create_policy_version,
    PolicyArn=arn,
    PolicyDocument=json.dumps(allow("iam:*")),
)
iam.set_default_policy_version(PolicyArn=arn, VersionId="v2")
versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
assert [version["VersionId"] for version in versions] == ["v5", "v4", "v3", "v2", "v1"], versions
assert iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]["Document"] == allow("iam:List*")
refused(
    "ValidationError",
    400,
    "1 validation error detected: Value at 'versionId' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
    iam.set_default_policy_version,
    PolicyArn=arn,
    VersionId="2",
)
iam.tag_policy(PolicyArn=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])
assert iam.list_policy_tags(PolicyArn=arn)["Tags"] == [{"Key": "A", "Value": "2"}, {"Key": "a", "Value": "1"}]
iam.untag_policy(PolicyArn=arn, TagKeys=["a"])
refused(
    "MalformedPolicyDocument",
    400,
    "Syntax errors in policy.",
    iam.create_policy,
    PolicyName="broken",
    PolicyDocument="{}x",
)
iam.attach_user_policy(UserName="user-00", PolicyArn=arn)
iam.attach_group_policy(GroupName="Operators", PolicyArn=arn)
entities = iam.list_entities_for_policy(PolicyArn=arn)
assert [user["UserName"] for user in entities["PolicyUsers"]] == ["user-00"], entities
assert [group["GroupName"] for group in entities["PolicyGroups"]] == ["Operators"], entities
assert iam.list_attached_user_policies(UserName="user-00")["AttachedPolicies"] == [
    {"PolicyName": "look", "PolicyArn": arn}
]
assert [p["PolicyName"] for p in iam.list_policies(Scope="Local")["Policies"]] == ["look"]
assert {p["PolicyName"] for p in iam.list_policies(OnlyAttached=True)["Policies"]} == {"AdministratorAccess", "look"}
refused("DeleteConflict", 409, "Cannot delete a policy attached to entities.", iam.delete_policy, PolicyArn=arn)
boto3.resource("iam", endpoint_url=endpoint).Policy(arn).detach_group(GroupName="Operators")

# Roles, and sessions of them.
trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}],
}
role = iam.create_role(
    RoleName="Reader",
    AssumeRolePolicyDocument=json.dumps(trust),
    Description="reads",
    PermissionsBoundary=arn,
    Tags=[{"Key": "team", "Value": "red"}],
)["Role"]
assert set(role) == {
    "Path",
    "RoleName",
    "RoleId",
    "Arn",
    "CreateDate",
    "AssumeRolePolicyDocument",
    "PermissionsBoundary",
    "Tags",
}, role
assert role["AssumeRolePolicyDocument"] == trust
assert role["PermissionsBoundary"] == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}
assert iam.get_role(RoleName="reader")["Role"] == {
    **role,
    "Description": "reads",
    "MaxSessionDuration": 3600,
    "RoleLastUsed": {},
}
assert iam.list_roles(PathPrefix="/")["Roles"][0]["RoleName"] == "Reader"
iam.attach_role_policy(RoleName="Reader", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
iam.get_waiter("role_exists").wait(RoleName="Reader", WaiterConfig={"Delay": 1, "MaxAttempts": 1})

answer = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="run-1")
assert set(answer["Credentials"]) == {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}
assert answer["AssumedRoleUser"] == {
    "AssumedRoleId": f"{role['RoleId']}:run-1",
    "Arn": f"arn:aws:sts::{account}:assumed-role/Reader/run-1",
}
assert 3500 < (answer["Credentials"]["Expiration"] - datetime.now(timezone.utc)).total_seconds() < 3700


def open_session(credentials):
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )


reader = open_session(answer["Credentials"])
reading = reader.client("iam", endpoint_url=endpoint)
assert reader.client("sts", endpoint_url=endpoint).get_caller_identity()["Arn"] == answer["AssumedRoleUser"]["Arn"]
assert len(reading.list_users()["Users"]) == 13
refused(
    "AccessDenied",
    403,
    f"User: {answer['AssumedRoleUser']['Arn']} is not authorized to perform: iam:CreateUser on resource: "
    f"arn:aws:iam::{account}:user/eve because no permissions boundary allows the iam:CreateUser action",
    reading.create_user,
    UserName="eve",
)
refused(
    "AccessDenied",
    403,
    f"User: {admin} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::{account}:role/Absent",
    sts.assume_role,
    RoleArn=f"arn:aws:iam::{account}:role/Absent",
    RoleSessionName="run-1",
)

# Other sessions.
session = open_session(sts.get_session_token(DurationSeconds=900)["Credentials"])
refused(
    "InvalidClientTokenId",
    403,
    "The security token included in the request is invalid",
    session.client("iam", endpoint_url=endpoint).list_users,
)
guest = sts.get_federation_token(Name="guest", Policy=json.dumps(allow("*")))
assert guest["FederatedUser"]["FederatedUserId"] == f"{account}:guest", guest
assert isinstance(guest["PackedPolicySize"], int), guest

# What is in the way of a deletion.
refused(
    "DeleteConflict", 409, "Cannot delete entity, must detach all policies first.", iam.delete_role, RoleName="Reader"
)
iam.detach_role_policy(RoleName="Reader", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
iam.delete_role(RoleName="Reader")
refused("NoSuchEntity", 404, "The role with name Reader cannot be found.", iam.get_role, RoleName="Reader")
assert re.fullmatch("ANPA[A-Z2-7]{17}", policy["PolicyId"]), policy
print("ok")
