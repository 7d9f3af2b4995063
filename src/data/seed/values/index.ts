export { decode, type Encoder, encode, encoderOf } from './codec.ts';
export { type ColumnContext, generatorOf } from './generator.ts';
export { softComparisons } from './meanings/order.ts';
export { loadWorld, type World } from './world.ts';
