// What AWS was recorded to answer, call by call.
import { describe, expect, it } from 'vitest';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import { findPair, flatten, generalize, readAnswer, readRecordings } from './recorded-answers.ts';
import { administratorOf, call } from './signed-call.ts';

describe('answers recorded from AWS', () => {
  it.each(readRecordings())('$name', async ({ steps }) => {
    await using endpoint = await startEndpoint();
    const known = new Map<string, string>();
    for (const { action, parameters, answer, caller } of steps) {
      const reply = await call(
        endpoint,
        caller === undefined ? administratorOf(endpoint) : findPair(caller, known),
        action,
        Object.fromEntries(flatten(parameters, known)),
      );
      const received = generalize(readAnswer(action, reply), answer, known);
      expect({ action, parameters, answer: received }).toEqual({ action, parameters, answer });
    }
  });
});
