/**
 * The words of a sync: rows that say how things should be, records that say how they are, and what lies between.
 * Nothing here knows a service; a service brings `Current` records, `Rules` and a `SyncTarget`.
 */
export type * from './records';
export type * from './rules';
export type * from './plan';
export type * from './guard';
export type * from './apply';
export type * from './report';
