export { columnsOf } from './columns';
export type {
	LeaverChoice,
	SyncColumn,
	SyncConnection,
	SyncDefinition,
	SyncRun,
	SyncSession,
	SyncSettings,
} from './definition';
export { isOn } from './settings';
export { syncOperation } from './syncOperation';
