import { type Finding, note } from '../finding.ts';
import { engineService } from './engine-service.ts';
import { at, type Entry } from './entry.ts';
import { readImageName } from './image-name.ts';
import { plainService } from './plain-service.ts';
import { interpolated } from './values.ts';

/** A service that runs an image, in devenv's words. */
export function imageService(entry: Entry): readonly Finding[] {
  const given = String(entry.service.image);
  const image = interpolated(given, entry.lookup) ?? given.replace(/\$\{[^}]*\}/g, '').replace(/:$/, '');
  if (image.trim() === '') return [note('left out: it names no image', at(entry, ['image'], 'image'))];
  const name = readImageName(image);
  return name.engine ? engineService(entry, name.engine, image, name) : plainService(entry, image);
}
