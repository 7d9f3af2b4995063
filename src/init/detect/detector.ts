import type { ProjectFiles } from '../files.ts';
import type { Finding } from '../finding.ts';

/** Looks for one kind of thing. Pure; what it can't understand it says with a note. */
export type Detector = (files: ProjectFiles) => readonly Finding[];
