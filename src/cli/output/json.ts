/** JSON, as the commands make it and as a `--query` may turn it into. */
export type JsonValue = string | number | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export type JsonObject = { readonly [name: string]: JsonValue };

export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: JsonValue): value is JsonArray {
  return Array.isArray(value);
}

/** Objects inside an object become members of it, under dotted names: `{ LastUsed: { Kind } }` is `{ 'LastUsed.Kind' }`. */
export function flattenObject(object: JsonObject, prefix = ''): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      isObject(value) ? Object.entries(flattenObject(value, `${prefix}${name}.`)) : [[prefix + name, value]],
    ),
  );
}
