"""Organizations and CloudTrail through boto3, as an inventory of a whole organization uses them. Prints ok."""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

url, member_id, member_secret = sys.argv[1:4]
config = Config(retries={"mode": "standard", "total_max_attempts": 1}, user_agent_extra="keyturn-inventory")
organizations = boto3.client("organizations", endpoint_url=url, config=config)
cloudtrail = boto3.client("cloudtrail", endpoint_url=url, config=config)
iam = boto3.client("iam", endpoint_url=url, config=config)
sts = boto3.client("sts", endpoint_url=url, config=config)

organization = organizations.describe_organization()["Organization"]
assert organization["FeatureSet"] == "ALL", organization
assert organization["MasterAccountId"] == "123456789012", organization

pages = list(organizations.get_paginator("list_accounts").paginate())
accounts = [account for page in pages for account in page["Accounts"]]
assert len(pages) == 2, pages
assert len(accounts) == len({account["Id"] for account in accounts}) == 30, accounts
# Older versions of boto3 know Status alone, later ones State as well.
assert all(account.get("State", account["Status"]) in ("ACTIVE", "SUSPENDED") for account in accounts), accounts
assert accounts[0]["JoinedTimestamp"].year > 2000, accounts[0]


def walk(parent):
    for page in organizations.get_paginator("list_accounts_for_parent").paginate(ParentId=parent):
        for account in page["Accounts"]:
            yield account["Id"]
    for page in organizations.get_paginator("list_organizational_units_for_parent").paginate(ParentId=parent):
        for unit in page["OrganizationalUnits"]:
            assert organizations.list_parents(ChildId=unit["Id"])["Parents"][0]["Id"] == parent
            yield from walk(unit["Id"])


(root,) = organizations.list_roots()["Roots"]
assert sorted(walk(root["Id"])) == sorted(account["Id"] for account in accounts)

assert organizations.describe_account(AccountId=accounts[3]["Id"])["Account"] == accounts[3]
for operation, code in (
    (lambda: organizations.list_parents(ChildId="000000000000"), "ChildNotFoundException"),
    (lambda: organizations.list_accounts(NextToken="x"), "InvalidInputException"),
):
    try:
        operation()
        raise AssertionError(code)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["Error"]["Message"], error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400, error
try:
    organizations.list_parents(ChildId="000000000000")
except organizations.exceptions.ChildNotFoundException:
    pass

member = boto3.client(
    "organizations", endpoint_url=url, config=config, aws_access_key_id=member_id, aws_secret_access_key=member_secret
)
assert member.describe_organization()["Organization"] == organization
try:
    member.list_accounts()
    raise AssertionError("a member account may not list accounts")
except member.exceptions.AccessDeniedException as error:
    assert error.response["Error"]["Message"] == "You don't have permissions to access this resource.", error

iam.create_user(UserName="watched")
key = iam.create_access_key(UserName="watched")["AccessKey"]
sts.get_caller_identity()
events = cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateAccessKey"}])
(event,) = events["Events"]
record = json.loads(event["CloudTrailEvent"])
assert event["Username"] == "admin" and event["ReadOnly"] == "false", event
assert record["responseElements"]["accessKey"]["accessKeyId"] == key["AccessKeyId"], record
assert key["SecretAccessKey"] not in event["CloudTrailEvent"], "the secret is in the event"
assert "keyturn-inventory" in record["userAgent"] and record["sourceIPAddress"] == "127.0.0.1", record
assert event["EventTime"].strftime("%Y-%m-%dT%H:%M:%SZ") != "" and record["eventTime"].endswith("Z"), event

paginator = cloudtrail.get_paginator("lookup_events").paginate(PaginationConfig={"PageSize": 5})
pages = list(paginator)
names = [event["EventName"] for page in pages for event in page["Events"]]
assert len(pages) > 3 and names.count("CreateUser") == 1 and names.count("ListRoots") == 1, names
print("ok")
