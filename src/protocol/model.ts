/**
 * The form of the tables that describe a service: which operations it has, and the shapes of what goes in and comes out.
 * They carry AWS's own names. The types of an operation's input and output are derived from its table.
 */

import type { Secret } from '../secret.ts';
import type { BlobParts } from './blob-parts.ts';

export interface StructureShape {
  readonly type: 'structure';
  /** Member name to shape name, in the order in which the members are written. */
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** The order in which AWS reports violations, where it is known and is not that of the members. */
  readonly checkOrder?: readonly string[];
}

export interface ListShape {
  readonly type: 'list';
  readonly member: string;
  readonly min?: number;
  readonly max?: number;
  /** AWS refuses an absent element all the same, but does not say so. */
  readonly silentOnNull?: true;
}

export interface MapShape {
  readonly type: 'map';
  readonly key: string;
  readonly value: string;
}

export interface StringShape {
  readonly type: 'string';
  readonly min?: number;
  readonly max?: number;
  /** A regular expression for the whole value. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** AWS refuses another value, but does not say which there are. */
  readonly unlisted?: true;
  /** Held as a {@link Secret}, so that it prints `***`. */
  readonly sensitive?: true;
  /** Where the service has its own words for a value of the wrong form: the form, and what it must be. */
  readonly ownWords?: { readonly pattern: string; readonly must: string };
}

export interface IntegerShape {
  readonly type: 'integer';
  readonly min?: number;
  readonly max?: number;
}

export interface PlainShape {
  readonly type: 'boolean' | 'timestamp' | 'blob';
  /** Shown in answers alone, so bytes stay bytes. */
  readonly sensitive?: true;
  /** Of a blob in an answer: held as {@link BlobParts}. */
  readonly inParts?: true;
}

export type Shape = StructureShape | ListShape | MapShape | StringShape | IntegerShape | PlainShape;

export interface Operation {
  readonly input?: string;
  readonly output?: string;
}

export interface ServiceModel {
  /** Where the facts come from, with its version. */
  readonly source: string;
  /** The name that a credential scope and a policy's actions use: `iam`, `sts`. */
  readonly service: string;
  readonly apiVersion: string;
  /** Of a service that speaks AWS Query: the namespace of its answers. */
  readonly xmlns?: string;
  /** Of a service that speaks AWS JSON: what stands before the operation's name in X-Amz-Target. */
  readonly targetPrefix?: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** The HTTP status of each error the operations may answer with, by its code on the wire. */
  readonly faults: Readonly<Record<string, number>>;
  /** Whether validation errors repeat the offending value, as those of STS do. */
  readonly echoesValues?: boolean;
  /** What the service answers in place of a refusal that others have too (`ValidationError`), by that one's code. */
  readonly ownFaults?: Readonly<Record<string, { readonly code: string; readonly message: string }>>;
}

/** What an operation of a service is given, once it is valid. */
export type InputOf<M extends ServiceModel, Name extends keyof M['operations']> = M['operations'][Name] extends {
  readonly input: infer S extends string;
}
  ? ValueOf<M, S>
  : Readonly<Record<string, never>>;

/** What an operation of a service answers; undefined where it answers nothing but that it was done. */
export type OutputOf<M extends ServiceModel, Name extends keyof M['operations']> = M['operations'][Name] extends {
  readonly output: infer S extends string;
}
  ? ValueOf<M, S>
  : undefined;

/** The type of a value of one shape. */
export type ValueOf<M extends ServiceModel, S> = S extends keyof M['shapes'] ? ValueOfShape<M, M['shapes'][S]> : never;

type ValueOfShape<M extends ServiceModel, T extends Shape> = T extends StructureShape
  ? ValueOfStructure<M, T>
  : T extends { readonly type: 'list'; readonly member: infer S }
    ? readonly ValueOf<M, S>[]
    : T extends { readonly type: 'map'; readonly key: infer K; readonly value: infer V }
      ? Readonly<Record<ValueOf<M, K> & string, ValueOf<M, V>>>
      : T extends { readonly type: 'string' }
        ? ValueOfString<T>
        : T extends { readonly type: 'blob'; readonly inParts: true }
          ? BlobParts
          : T extends { readonly type: infer Name extends keyof PlainValues }
            ? PlainValues[Name]
            : never;

interface PlainValues {
  integer: number;
  boolean: boolean;
  timestamp: Date;
  blob: Uint8Array;
}

type ValueOfString<T> = T extends { readonly sensitive: true }
  ? Secret
  : T extends { readonly enum: readonly (infer V)[] }
    ? V
    : string;

type RequiredMember<T> = T extends { readonly required: readonly (infer Name)[] } ? Name : never;

type ValueOfStructure<M extends ServiceModel, T extends StructureShape> = {
  readonly [Name in keyof T['members'] as Name extends RequiredMember<T> ? Name : never]: ValueOf<
    M,
    T['members'][Name]
  >;
} & {
  readonly [Name in keyof T['members'] as Name extends RequiredMember<T> ? never : Name]?:
    ValueOf<M, T['members'][Name]> | undefined;
};

/** A shape of a model by its name. A table that lacks it is broken, which is no caller's fault: TypeError. */
export function findShape(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new TypeError(`the model of ${model.service} has no shape ${name}`);
  return shape;
}

/** The same for the shape of an operation's input or output, which is always a structure; undefined where it has none. */
export function findStructure(
  model: ServiceModel,
  operationName: string,
  side: 'input' | 'output',
): StructureShape | undefined {
  const name = model.operations[operationName]?.[side];
  if (name === undefined) return undefined;
  const shape = findShape(model, name);
  if (shape.type !== 'structure') throw new TypeError(`shape ${name} of ${model.service} is no structure`);
  return shape;
}
