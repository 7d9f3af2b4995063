import type { Problem } from '../core/errors.ts';
import type { Part } from './document.ts';
import { formatPlace, type Layer, nearestOrigin, originOf } from './layers.ts';
import { formatPath, type Path } from './path.ts';

/** Something wrong in a merged configuration, before it is known in which file. */
export interface Finding {
  readonly path: Path;
  readonly part: Part;
  readonly message: string;
  /** Another place that belongs to it. */
  readonly also?: Path;
  /** It is about something that isn't there: where a file can't be read to its end, that says nothing. */
  readonly absence?: true;
}

export function locate(finding: Finding, layers: readonly Layer[]): Problem {
  const origin = nearestOrigin(layers, finding.path, finding.part);
  const other = finding.also && originOf(layers, finding.also, 'key');
  return {
    file: '',
    ...origin?.place,
    path: formatPath([...(origin?.layer.prefix ?? []), ...finding.path]),
    message: other ? `${finding.message} at ${formatPlace(other.place)}` : finding.message,
  };
}

/** One place, one message: tiers share the base layer and would report its problems again. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** File by file, and from the top of each. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map((problem) => problem.file))];
  const place = ({ file, line = 0, column = 0 }: Problem) => [files.indexOf(file), line, column];
  return [...problems].sort((a, b) => {
    const [left, right] = [place(a), place(b)];
    const index = left.findIndex((part, at) => part !== right[at]);
    return (left[index] ?? 0) - (right[index] ?? 0);
  });
}
