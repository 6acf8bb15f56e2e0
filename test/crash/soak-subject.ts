// A user, a group and a policy that one worker puts through changes, and what must be true of them.
import { expect } from 'vitest';
import type { SeededRandom } from '../../src/endpoint/seeded-random.ts';
import { call, callWell, readElement, type Pair, type Reply } from '../contract/endpoint/signed-call.ts';

interface Server {
  readonly url: string;
}

/** What is there: `user /soak/`, `key AKIA… Active`, `group crowd`. */
type Facts = ReadonlySet<string>;

/** A change: what it takes away and what it adds. */
interface Change {
  readonly Action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly removes?: readonly string[];
  /** Given the answer, or nothing where it never came. */
  readonly adds?: (answer: string | undefined) => readonly string[];
}

/** What is there or not, with how it comes and goes. */
interface Thing {
  readonly fact: string;
  /** Without them it cannot be made. */
  readonly needs?: readonly string[];
  /** With them it cannot be removed. */
  readonly forbids?: readonly string[];
  readonly make: Change;
  readonly remove: Change;
}

export const crowd = 'crowd';
export const commonPolicy = 'arn:aws:iam::123456789012:policy/common';
export const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'iam:Get*', Resource: '*' },
});
const unknownKey = 'key ? Active';

export class Subject {
  readonly #name: string;
  readonly #admin: Pair;
  readonly #random: SeededRandom;
  #answered: Facts = new Set();
  /** What is there instead if the change under way was made. */
  #possible: Facts | undefined;

  constructor(name: string, admin: Pair, random: SeededRandom) {
    this.#name = name;
    this.#admin = admin;
    this.#random = random;
  }

  /** Makes one change. Rejects where the endpoint is gone before it answers. */
  async change(server: Server): Promise<void> {
    const changes = this.#listChanges();
    const change = changes[this.#random.below(changes.length)];
    if (change === undefined) throw new Error('there is always something to change');
    const { Action, parameters } = change;
    this.#possible = this.#apply(change, undefined);
    const answer = await callWell(server, this.#admin, Action, parameters);
    this.#answered = this.#apply(change, answer);
    this.#possible = undefined;
  }

  /** Compares what is there with what was answered. */
  async check(server: Server): Promise<void> {
    const found = await this.#read(server);
    const known = new Set([...this.#answered, ...(this.#possible ?? [])]);
    const named = [...found].map((fact) => (fact.startsWith('key ') && !known.has(fact) ? unknownKey : fact));
    const allowed = [this.#answered, this.#possible ?? this.#answered].map(write);
    expect(allowed, this.#name).toContain(write(named));
    expect(listKeys(found).length).toBeLessThanOrEqual(2);
    this.#answered = found;
    this.#possible = undefined;
  }

  #apply({ removes = [], adds }: Change, answer: string | undefined): Facts {
    return new Set([...[...this.#answered].filter((fact) => !removes.includes(fact)), ...(adds?.(answer) ?? [])]);
  }

  #listChanges(): readonly Change[] {
    const UserName = this.#name;
    const facts = this.#answered;
    const user = [...facts].find((fact) => fact.startsWith('user '));
    const keys = listKeys(facts);
    const things = this.#listThings();
    const changes = things.flatMap<Change>(({ fact, needs = [], forbids = [], make, remove }) => {
      if (facts.has(fact)) {
        return forbids.some((other) => facts.has(other)) ? [] : [{ ...remove, removes: [fact] }];
      }
      return user !== undefined && needs.every((other) => facts.has(other)) ? [{ ...make, adds: () => [fact] }] : [];
    });
    if (user === undefined) {
      return [
        ...changes,
        { Action: 'CreateUser', parameters: { UserName, Path: '/soak/' }, adds: () => ['user /soak/'] },
      ];
    }
    const NewPath = user === 'user /soak/' ? '/soak/moved/' : '/soak/';
    const bare = facts.size === 1 + ['own group', 'own policy'].filter((fact) => facts.has(fact)).length;
    return [
      ...changes,
      ...(keys.length < 2 ? [this.#createKey(), this.#createKey()] : []),
      ...keys.flatMap((key) => this.#listKeyChanges(key)),
      { Action: 'UpdateUser', parameters: { UserName, NewPath }, removes: [user], adds: () => [`user ${NewPath}`] },
      ...(bare ? [{ Action: 'DeleteUser', parameters: { UserName }, removes: [user] }] : []),
    ];
  }

  #listThings(): readonly Thing[] {
    const UserName = this.#name;
    const GroupName = `${UserName}-group`;
    const own = `arn:aws:iam::123456789012:policy/${UserName}`;
    const member = (name: string) => ({
      fact: `group ${name}`,
      make: { Action: 'AddUserToGroup', parameters: { UserName, GroupName: name } },
      remove: { Action: 'RemoveUserFromGroup', parameters: { UserName, GroupName: name } },
    });
    const attached = (PolicyArn: string) => ({
      fact: `attached ${PolicyArn}`,
      make: { Action: 'AttachUserPolicy', parameters: { UserName, PolicyArn } },
      remove: { Action: 'DetachUserPolicy', parameters: { UserName, PolicyArn } },
    });
    return [
      member(crowd),
      { ...member(GroupName), needs: ['own group'] },
      attached(commonPolicy),
      { ...attached(own), needs: ['own policy'] },
      {
        fact: 'own group',
        forbids: [`group ${GroupName}`],
        make: { Action: 'CreateGroup', parameters: { GroupName } },
        remove: { Action: 'DeleteGroup', parameters: { GroupName } },
      },
      {
        fact: 'own policy',
        forbids: [`attached ${own}`],
        make: { Action: 'CreatePolicy', parameters: { PolicyName: UserName, PolicyDocument: document } },
        remove: { Action: 'DeletePolicy', parameters: { PolicyArn: own } },
      },
      {
        fact: 'inline own',
        make: { Action: 'PutUserPolicy', parameters: { UserName, PolicyName: 'own', PolicyDocument: document } },
        remove: { Action: 'DeleteUserPolicy', parameters: { UserName, PolicyName: 'own' } },
      },
      {
        fact: 'tag Team',
        make: { Action: 'TagUser', parameters: { UserName, 'Tags.member.1.Key': 'Team', 'Tags.member.1.Value': 'x' } },
        remove: { Action: 'UntagUser', parameters: { UserName, 'TagKeys.member.1': 'Team' } },
      },
    ];
  }

  #createKey(): Change {
    return {
      Action: 'CreateAccessKey',
      parameters: { UserName: this.#name },
      adds: (answer) => [answer === undefined ? unknownKey : `key ${readElement(answer, 'AccessKeyId') ?? ''} Active`],
    };
  }

  #listKeyChanges(fact: string): readonly Change[] {
    const [, AccessKeyId = '', status] = fact.split(' ');
    const parameters = { UserName: this.#name, AccessKeyId };
    const Status = status === 'Active' ? 'Inactive' : 'Active';
    return [
      {
        Action: 'UpdateAccessKey',
        parameters: { ...parameters, Status },
        removes: [fact],
        adds: () => [`key ${AccessKeyId} ${Status}`],
      },
      { Action: 'DeleteAccessKey', parameters, removes: [fact] },
      { Action: 'GetAccessKeyLastUsed', parameters: { AccessKeyId } },
    ];
  }

  async #read(server: Server): Promise<Facts> {
    const UserName = this.#name;
    const ask = async (Action: string, parameters: Record<string, string>): Promise<Reply | undefined> => {
      const reply = await call(server, this.#admin, Action, parameters);
      if (reply.status === 404) return undefined;
      expect(reply.status, reply.body).toBe(200);
      return reply;
    };
    const list = async (Action: string, element: string) =>
      readElements((await ask(Action, { UserName }))?.body ?? '', element);
    const user = await ask('GetUser', { UserName });
    const statuses = await list('ListAccessKeys', 'Status');
    const PolicyArn = `arn:aws:iam::123456789012:policy/${UserName}`;
    return new Set([
      ...(user === undefined ? [] : [`user ${readElement(user.body, 'Path') ?? ''}`]),
      ...(await list('ListAccessKeys', 'AccessKeyId')).map((id, index) => `key ${id} ${statuses[index] ?? ''}`),
      ...(await list('ListGroupsForUser', 'GroupName')).map((name) => `group ${name}`),
      ...(await list('ListAttachedUserPolicies', 'PolicyArn')).map((arn) => `attached ${arn}`),
      ...(await list('ListUserPolicies', 'member')).map((name) => `inline ${name}`),
      ...(await list('ListUserTags', 'Key')).map((key) => `tag ${key}`),
      ...((await ask('GetGroup', { GroupName: `${UserName}-group` })) === undefined ? [] : ['own group']),
      ...((await ask('GetPolicy', { PolicyArn })) === undefined ? [] : ['own policy']),
    ]);
  }
}

/** The texts of all elements of a name, in order. */
export function readElements(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);
}

function listKeys(facts: Facts): readonly string[] {
  return [...facts].filter((fact) => fact.startsWith('key '));
}

function write(facts: Iterable<string>): string {
  return [...facts].sort().join('; ');
}
