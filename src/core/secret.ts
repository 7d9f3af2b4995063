import { inspect } from 'node:util';
import { findKeys } from './guard/find.ts';

const REDACTED = '[redacted]';

/** A value that never prints itself: not in logs, JSON, errors or `inspect`. Only `reveal()` gives it out. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** The same URL with its password replaced, for anything that is shown. Text that is no URL comes back unchanged. */
export function maskUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/\s]*):[^@/\s]*@/i, '$1:****@');
}

/** For what is shown of a service; null for one that nobody can connect to. */
export function maskedUrl(url: Secret | null): string | null {
  return url && maskUrl(url.reveal());
}

const SECRET_NAME = /pass|secret|token|credential|private|auth|(?:^|_)(?:key|pwd|pw|salt|cookie)(?:_|$)|apikey/i;

/** A variable's value as it may be shown: what its name calls a secret is hidden, keys of providers, and passwords in URLs. */
export function maskVariable(name: string, value: string): string {
  // A value that is nothing but references gives nothing away.
  if (value === '' || /^(?:\$\{[\w.-]+\})+$/.test(value)) return value;
  return SECRET_NAME.test(name) || findKeys(value).length > 0 ? '****' : maskUrl(value);
}
