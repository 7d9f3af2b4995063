import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, type Header, pack } from 'tar-stream';

/** An archive with one small file: what the engine's archive API takes. */
export async function tarOf(file: { readonly name: string; readonly mode: number; readonly content: string }) {
  const archive = pack();
  archive.entry({ name: file.name, mode: file.mode }, file.content);
  archive.finalize();
  return buffer(archive);
}

/**
 * An engine's archive of a folder with names that start at the folder: Docker puts its name in front (`data/base/`),
 * Podman a slash (`/base/`).
 */
export function fromInside(folder: string, archive: Readable, signal: AbortSignal): Readable {
  const entries = extract();
  const result = pack();
  let root: string | null = null;
  entries.on('entry', (header, content, next) => {
    root ??= plain(header.name) === folder ? folder : '';
    content.pipe(result.entry(insideOf(root, header), next));
  });
  entries.on('finish', () => result.finalize());
  pipeline(archive, entries, { signal }).catch((error: Error) => result.destroy(error));
  // Who reads it may fail too, on a full disk say: the engine is then waited for no longer.
  result.on('close', () => archive.destroy());
  // The library's streams are not Node's.
  return Readable.from(result);
}

/** Numbers say whose it is: the names mean nothing in another container. Hard links name another entry. */
function insideOf(root: string, { name, mode, uid, gid, mtime, size, type, linkname }: Header) {
  const target = type === 'link' && linkname ? without(root, linkname) : linkname;
  return { name: without(root, name), mode, uid, gid, mtime, size, type, ...(target ? { linkname: target } : {}) };
}

function without(root: string, name: string): string {
  const path = plain(name);
  if (path === root) return './';
  return root === '' ? path : path.slice(root.length + 1);
}

function plain(name: string): string {
  return name.replace(/^(\.?\/)+|\/+$/g, '').replace(/^\.$/, '');
}
