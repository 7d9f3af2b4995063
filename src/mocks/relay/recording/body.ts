import { isUtf8 } from 'node:buffer';
import type { Redactor } from '../redact/redactor.ts';
import { jsonIn } from './json-in.ts';
import type { Body } from './recording.ts';

/** The body of a request or an answer as it is kept, without secrets. */
export function keptBody(bytes: Buffer, contentType: string, redactor: Redactor): Body {
  if (bytes.length === 0) return null;
  const latin = withoutBoundary(bytes.toString('latin1'), contentType);
  // A byte is a character there, so that what is known to be secret is also found among others.
  if (!isUtf8(bytes)) return { base64: Buffer.from(redactor.text(latin), 'latin1').toString('base64') };
  if (/x-www-form-urlencoded/i.test(contentType)) return { form: keptForm(bytes.toString('utf8'), redactor) };
  const text = withoutBoundary(bytes.toString('utf8'), contentType);
  const json = /^multipart\//i.test(contentType) ? undefined : jsonIn(text);
  return json === undefined ? { text: redactor.text(text) } : { json: redactor.value(json) };
}

/** What a body says on the wire. */
export function bytesOf(body: Body): string | Buffer {
  if (body === null) return '';
  if ('json' in body) return JSON.stringify(body.json);
  if ('text' in body) return body.text;
  if ('base64' in body) return Buffer.from(body.base64, 'base64');
  const form = new URLSearchParams();
  for (const [name, of] of Object.entries(body.form)) for (const one of [of].flat()) form.append(name, one);
  return form.toString();
}

/** RFC 7578: what separates the parts is drawn anew for each call. */
function withoutBoundary(text: string, contentType: string): string {
  const boundary = /^multipart\/.*?boundary="?([^";]+)/i.exec(contentType)?.[1];
  return boundary === undefined ? text : text.replaceAll(boundary, 'boundary');
}

function keptForm(text: string, redactor: Redactor): Record<string, string | string[]> {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) form.set(name, [...(form.get(name) ?? []), value]);
  const sorted = [...form].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, values]) => {
      const kept = values.map((value) => keptField(name, value, redactor));
      return [redactor.text(name), kept.length === 1 ? (kept[0] as string) : kept];
    }),
  );
}

/** Of `card[secret]` the last step is the name. */
function keptField(name: string, value: string, redactor: Redactor): string {
  const last = /\[([^\]]+)\]$/.exec(name)?.[1] ?? name;
  return Object.values(redactor.value({ [last]: value }) as Record<string, string>)[0] as string;
}
