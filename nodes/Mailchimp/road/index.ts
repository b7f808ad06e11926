export { batchFromOption, readBatchFrom, roadOptions } from './fields';
export { inOneBatch, judged } from './oneBatch';
export { byCheapestRoad, onRoad, roadChunk, type Travelling } from './road';
export { noteBulk, tellRoad } from './tally';
