import type { FleetOrganization } from '../directory/fleet.ts';
import type { RandomBytes } from '../directory/identifiers.ts';
import { Fields, refuse } from '../fields.ts';
import { writePolicy } from './write-policy.ts';
import { drawOrganizationId, drawRootId, drawUnitId } from './organization-ids.ts';

export interface ReadOrganization {
  readonly organization: FleetOrganization;
  /** What each account of the organization stands right under. */
  readonly parents: ReadonlyMap<string, string>;
}

/** What the levels of the tree have found so far. */
interface Tree {
  readonly rootId: string;
  readonly random: RandomBytes;
  readonly units: { Id: string; parentId: string; Name: string }[];
  readonly controlPolicies: { targetId: string; PolicyName: string; document: string }[];
  readonly parents: Map<string, string>;
}

/** AWS nests units five deep. */
const deepest = 5;

/** @throws KeyturnError ERR_USAGE that names the place */
export function readOrganization(value: unknown, random: RandomBytes): ReadOrganization {
  const fields = new Fields(value, 'organization', 'the seed');
  const Id = fields.text('Id', /^o-[a-z\d]{10,32}$/) ?? drawOrganizationId(random);
  const rootId = fields.text('RootId', /^r-[a-z\d]{4,32}$/) ?? drawRootId(random);
  const managementAccountId = fields.requireText('managementAccountId', /^\d{12}$/);
  const tree: Tree = { rootId, random, units: [], controlPolicies: [], parents: new Map() };
  readLevel(fields, rootId, tree, 0);
  fields.end();
  if (!tree.parents.has(managementAccountId)) tree.parents.set(managementAccountId, rootId);
  const { units, controlPolicies, parents } = tree;
  return { organization: { Id, rootId, managementAccountId, units, controlPolicies }, parents };
}

/** The accounts, policies and units right under the root or a unit. */
function readLevel(fields: Fields, parentId: string, tree: Tree, depth: number): void {
  for (const accountId of fields.list('accounts', readAccountId)) {
    if (tree.parents.has(accountId)) throw fields.refuse('accounts', `names ${accountId} a second time`);
    tree.parents.set(accountId, parentId);
  }
  for (const [PolicyName, document] of fields.entries('controlPolicies')) {
    tree.controlPolicies.push({
      targetId: parentId,
      PolicyName,
      document: writePolicy(document, 'scp', fields, PolicyName),
    });
  }
  fields.list('units', (value, place) => {
    if (depth === deepest) throw refuse(place, `is more than ${deepest} units deep`, 'the seed');
    const unit = fields.within(value, place);
    const Id = unit.text('Id', /^ou-[a-z\d]{4,32}-[a-z\d]{8,32}$/) ?? drawUnitId(tree.rootId, tree.random);
    tree.units.push({ Id, parentId, Name: unit.requireText('Name') });
    readLevel(unit, Id, tree, depth + 1);
    unit.end();
  });
}

function readAccountId(value: unknown, place: string): string {
  if (typeof value === 'string' && /^\d{12}$/.test(value)) return value;
  throw refuse(place, 'is not an account id: write its 12 digits as a text', 'the seed');
}
