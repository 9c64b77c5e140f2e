import { type TProperties, type TSchema, Type } from "typebox";

/**
 * The few schemas every contract is made of. Objects are closed: an unknown field is refused on the way in, and an
 * undeclared one never leaves (ASVS 15.3.3).
 */
export function object<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** For endpoints without parameters, query or body. */
export const none = object({});

export const Id = Type.String({ format: "uuid" });

/** A legal day, YYYY-MM-DD. */
export const Day = Type.String({ format: "date" });

export const Instant = Type.String({ format: "date-time" });

/** A text in both languages, as `domain/words.ts` types it. */
export const Words = object({ zh: Type.String(), en: Type.String() });
