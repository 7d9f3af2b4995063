export { decode, encode, encoderOf } from './codec.ts';
export { generatorOf } from './generator.ts';
export { waitsForStatus } from './meanings/moments.ts';
export { birthColumns, softComparisons } from './meanings/order.ts';
export { loadWorld, type World } from './world.ts';
