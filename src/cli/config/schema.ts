/**
 * keyturn.yaml. Each section has a file of its own that says what may stand in it; here they come together.
 *
 * A message of a schema reads on behind the name of what is wrong: `sinks.github.timeout is not a duration`.
 */
import * as v from 'valibot';
import { exclusionsSection } from './exclusions-section.ts';
import { fleetSection } from './fleet-section.ts';
import { rulesSection } from './rules-section.ts';
import { sinksSection } from './sinks-section.ts';
import { strictMap } from './strict-map.ts';

export const configSchema = strictMap({
  sinks: v.nullish(sinksSection, {}),
  rules: v.nullish(rulesSection, {}),
  exclusions: v.nullish(exclusionsSection, []),
  fleet: v.nullish(fleetSection, {}),
});

export type Config = v.InferOutput<typeof configSchema>;
