import type { Mode, ProviderName } from '../core/mocks.ts';

export type Modes = Readonly<Record<ProviderName, Mode>>;
