/** JSON as values of TypeScript. Numbers in payloads stay below 2^53 (architecture 5). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export type JsonObject = { readonly [key: string]: Json | undefined };
