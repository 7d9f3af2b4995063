/** A call that was passed on, and how it was answered each time: one file. */
export interface Recording {
  readonly request: RecordedRequest;
  /** In the order in which the calls came. */
  readonly answers: readonly RecordedAnswer[];
}

export interface RecordedRequest {
  readonly method: string;
  /** With its query, the parameters in the order of their names. */
  readonly path: string;
  readonly body: Body;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body | Events;
}

/** Null: there was none. */
export type Body =
  | null
  | { readonly json: unknown }
  | { readonly form: Readonly<Record<string, string | readonly string[]>> }
  | { readonly text: string }
  | { readonly base64: string };

export interface Events {
  readonly events: readonly ServerEvent[];
}

/** A server-sent event, its data as JSON where it is. */
export interface ServerEvent {
  readonly event?: string;
  readonly data?: unknown;
  /** Data that is no JSON. */
  readonly text?: string;
  /** Its other lines as they were. */
  readonly lines?: readonly string[];
}
