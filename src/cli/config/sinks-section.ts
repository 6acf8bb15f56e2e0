/** The section `sinks` of keyturn.yaml: programs that bring a key to where no other sink can, by name. */
import * as v from 'valibot';
import { duration } from './duration.ts';
import { namedMap, strictMap } from './strict-map.ts';

const filled = v.pipe(v.string(), v.nonEmpty());
const command = v.union(
  [filled, v.pipe(v.tupleWithRest([filled], v.string()), v.readonly())],
  'is not a command: write a line for the shell, or a list of the program and its arguments',
);
const variableName = v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, 'is not the name of a variable'));

/** What stands behind `command:NAME`. */
const commandSink = strictMap({
  /** Brings the pair to its place; exit code 0 says that it is there. */
  deliver: command,
  /** Prints the pair that is there as JSON, or nothing. */
  read: v.optional(command),
  /** How `deliver` gets the pair: as JSON or as dotenv lines on its standard input, or in variables. */
  input: v.optional(v.picklist(['json', 'dotenv', 'variables'], 'is none of json, dotenv, variables'), 'json'),
  /** For each run of one of the two, in milliseconds. */
  timeout: v.optional(duration, '60s'),
  /** Variables that are added to the environment of both. */
  env: v.optional(v.record(variableName, v.string()), {}),
});

export const sinksSection = namedMap(commandSink);
