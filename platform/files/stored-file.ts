export type MediaType = "application/pdf" | "image/jpeg" | "image/png";

/** A file as it stands in the store and in `platform.file`. */
export interface StoredFile {
  /** SHA-256 of the content in hex: its name in the store, and what an entry refers to. */
  readonly hash: string;
  /** The name it was given, made safe for display and download. */
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: number;
  /** A PDF that asks for a password: it is kept, and whoever reads it is told. */
  readonly locked: boolean;
}
