export { decode, encode, encoderOf } from './codec.ts';
export { generatorOf } from './generator.ts';
export { birthColumns, softComparisons } from './meanings/order.ts';
export { loadWorld, type World } from './world.ts';
