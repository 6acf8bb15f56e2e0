import type { FleetMember, FleetOrganization } from '../directory/fleet.ts';
import { drawOrganizationId, drawRootId, drawUnitId } from './organization-ids.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { environments, systems } from './words.ts';

const denyLeaving = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }],
};
const allowAll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Security and Workloads under the root, an environment each under Workloads. */
export function generateOrganization({
  random,
  managementAccountId,
}: {
  readonly random: SeededRandom;
  readonly managementAccountId: string;
}): FleetOrganization {
  const rootId = drawRootId(random.bytes);
  const addUnit = (parentId: string, Name: string) => ({ Id: drawUnitId(rootId, random.bytes), parentId, Name });
  const security = addUnit(rootId, 'Security');
  const workloads = addUnit(rootId, 'Workloads');
  const units = [security, workloads, ...environments.map((name) => addUnit(workloads.Id, name))];
  return {
    Id: drawOrganizationId(random.bytes),
    rootId,
    managementAccountId,
    units,
    controlPolicies: [
      { targetId: rootId, PolicyName: 'FullAWSAccess', document: JSON.stringify(allowAll) },
      { targetId: rootId, PolicyName: 'DenyLeaving', document: JSON.stringify(denyLeaving) },
    ],
  };
}

/** The management account stands under the root, the next two under Security, all others under an environment. */
export function placeAccount(organization: FleetOrganization, index: number, random: SeededRandom): FleetMember {
  const [security, , ...stages] = organization.units;
  const stage = stages[random.below(stages.length)];
  const named = ['management', 'audit', 'log-archive'][index];
  const Name = named ?? `${random.pick(systems)}-${stage?.Name ?? ''}-${index + 1}`;
  const unit = named === undefined ? stage : security;
  return {
    parentId: index === 0 || unit === undefined ? organization.rootId : unit.Id,
    Name,
    Email: `aws+${Name}@example.com`,
    State: index > 2 && random.chance(0.03) ? 'SUSPENDED' : 'ACTIVE',
    JoinedMethod: index === 0 || (index > 2 && random.chance(0.15)) ? 'INVITED' : 'CREATED',
  };
}
