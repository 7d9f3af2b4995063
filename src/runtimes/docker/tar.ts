import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** An archive with one small file: what the engine's archive API takes. */
export async function tarOf(file: { readonly name: string; readonly mode: number; readonly content: string }) {
  const archive = pack();
  archive.entry({ name: file.name, mode: file.mode }, file.content);
  archive.finalize();
  return buffer(archive);
}
