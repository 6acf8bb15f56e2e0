/** Reads the cases under test/vectors/policy: requests, the policies in force, and what must come of them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { AccessRequest, PolicyInForce, PolicyLayers } from '../../../src/policy/decision.ts';
import type { PolicyKind } from '../../../src/policy/document.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import type { Caller } from '../../../src/policy/principals.ts';

/** A document, the statements of one of version 2012-10-17, or the name of one of its file's `documents`. */
type Document = string | readonly object[] | Readonly<Record<string, unknown>>;
type Request = Omit<AccessRequest, 'caller'> & { readonly caller: string | null };

interface EvaluationFile {
  readonly theme: string;
  readonly documents?: Readonly<Record<string, Document>>;
  readonly request: Request;
  readonly cases: readonly EvaluationCase[];
}

interface EvaluationCase {
  readonly name: string;
  readonly request?: Partial<Request>;
  readonly policies: {
    readonly identity: readonly Document[];
    readonly boundary?: Document;
    readonly session?: readonly Document[];
    readonly scp?: readonly (readonly Document[])[];
    readonly trust?: Document;
    readonly resource?: Document;
  };
  readonly expected: string;
  readonly missing?: readonly string[];
}

const root = new URL('../../vectors/policy/', import.meta.url);
const callers = readVectors('callers.json') as Readonly<Record<string, Caller>>;

export function readVectors(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, root), 'utf8'));
}

export function readEvaluationFiles(): readonly EvaluationFile[] {
  return readdirSync(new URL('evaluation/', root)).map((file) => readVectors(`evaluation/${file}`) as EvaluationFile);
}

export function buildRequest(file: EvaluationFile, { request }: EvaluationCase): AccessRequest {
  const { caller, ...rest } = { ...file.request, ...request };
  return { ...rest, caller: caller === null ? undefined : callers[caller] };
}

export function buildLayers({ documents }: EvaluationFile, { policies }: EvaluationCase): PolicyLayers {
  const readAs =
    (kind: PolicyKind) =>
    (document: Document): PolicyInForce => {
      const named = typeof document === 'string' ? documents?.[document] : document;
      const whole = Array.isArray(named) ? { Version: '2012-10-17', Statement: named as unknown } : named;
      return { SourcePolicyId: 'vector', SourcePolicyType: kind, policy: parsePolicy(JSON.stringify(whole), kind) };
    };
  const readAll = (kind: PolicyKind, list: readonly Document[] | undefined) => list?.map(readAs(kind));
  const readOne = (kind: PolicyKind, one: Document | undefined) => (one === undefined ? undefined : readAs(kind)(one));
  return {
    identity: policies.identity.map(readAs('inline')),
    boundary: readOne('inline', policies.boundary),
    session: readAll('session', policies.session),
    scp: policies.scp?.map((level) => level.map(readAs('scp'))),
    trust: readOne('trust', policies.trust),
    resource: readOne('resource', policies.resource),
  };
}
