/** The section `fleet` of keyturn.yaml: the fleet policies. */
import * as v from 'valibot';
import type { FleetPolicy, FleetSettings } from '../../fleet/fleet-policy.ts';
import { duration } from './duration.ts';
import { oneOrMore, selectionEntries } from './selection.ts';
import { strictMap } from './strict-map.ts';

const percent = v.pipe(
  v.string(),
  v.regex(/^(100|[1-9]?\d)%$/),
  v.transform((text) => ({ percent: Number(text.slice(0, -1)) })),
);
const number = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.transform((keys) => ({ keys })),
);
const maxKeys = v.union([percent, number], 'is neither a share such as 10% nor a number of keys');

const actions = ['reportOnly', 'deactivate', 'delete', 'rotate'] as const;

const policy = v.pipe(
  strictMap({
    name: v.pipe(v.string(), v.trim(), v.nonEmpty('is empty')),
    ...selectionEntries,
    reportOnly: v.optional(v.boolean()),
    deactivate: v.optional(
      v.pipe(
        strictMap({ unused: v.optional(duration), neverUsed: v.optional(duration) }),
        v.check(({ unused, neverUsed }) => (unused ?? neverUsed) !== undefined, 'is neither unused nor neverUsed'),
      ),
    ),
    delete: v.optional(strictMap({ after: duration })),
    rotate: v.optional(strictMap({ older: duration, to: oneOrMore(v.pipe(v.string(), v.nonEmpty('is empty'))) })),
  }),
  v.check(
    (given) => actions.some((name) => given[name] !== undefined),
    `says nothing to do: give it one of ${actions.join(', ')}`,
  ),
  v.check(
    ({ reportOnly, ...given }) =>
      reportOnly !== true || (given.deactivate ?? given.delete ?? given.rotate) === undefined,
    'only reports, and says what to do',
  ),
  v.transform(({ name, user, path, tag, account, reportOnly = false, ...given }): FleetPolicy => {
    const { deactivate } = given;
    return {
      name,
      reportOnly,
      ...(user !== undefined && { users: user }),
      ...(path !== undefined && { paths: path }),
      ...(tag !== undefined && { tags: tag }),
      ...(account !== undefined && { accounts: account }),
      ...(deactivate !== undefined && {
        deactivate: {
          ...(deactivate.unused !== undefined && { unused: deactivate.unused }),
          ...(deactivate.neverUsed !== undefined && { neverUsed: deactivate.neverUsed }),
        },
      }),
      ...(given.delete !== undefined && { delete: given.delete }),
      ...(given.rotate !== undefined && { rotate: given.rotate }),
    };
  }),
);

/** A runaway policy stops at a tenth of the keys. */
const usualMaxKeys = { percent: 10 };

export const fleetSection = v.pipe(
  strictMap({ maxKeys: v.optional(maxKeys), policies: v.optional(v.array(policy)) }),
  v.transform(({ maxKeys = usualMaxKeys, policies = [] }): FleetSettings => ({ maxKeys, policies })),
);
