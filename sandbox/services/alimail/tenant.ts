import type { Clock } from '../../shell/clock';
import type { Apps } from './apps';
import type { Directory } from './directory';
import type { AlimailSettings } from './settings';

/** What the route files work on. The directory is replaced as a whole by a reset, so it is read anew for each request. */
export interface Tenant {
	readonly directory: Directory;
	readonly settings: AlimailSettings;
	readonly clock: Clock;
	readonly apps: Apps;
}
