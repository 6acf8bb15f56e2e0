/**
 * keyturn.yaml. Each section has a file of its own that says what may stand in it; here they come together.
 *
 * A message of a schema reads on behind the name of what is wrong: `sinks.github.timeout is not a duration`.
 */
import * as v from 'valibot';
import { sinksSection } from './sinks-section.ts';
import { strictMap } from './strict-map.ts';

export const configSchema = strictMap({
  sinks: v.nullish(sinksSection, {}),
});

export type Config = v.InferOutput<typeof configSchema>;
