import { UserError } from '../errors.ts';

/** A value that a description asks for and that can't be made. */
export class Misdescribed extends UserError {
  /** In the description, from its root; of columns of Redis values as near as is known. */
  readonly path: readonly string[];
  readonly said: string;
  readonly wanted: string;

  /** `place` names it for people who don't see the file. */
  constructor(path: readonly string[], place: string, said: string, wanted: string) {
    super(`${place}: ${said}`, { hints: [`${place}: ${wanted}`], code: 'usage' });
    this.path = path;
    this.said = said;
    this.wanted = wanted;
  }
}
