import type { Clock } from '../../shell/clock';
import type { Apps } from './apps';
import type { SharedContacts } from './contacts';
import type { Directory } from './directory';
import type { Post } from './mail/post';
import type { AlimailSettings } from './settings';

/** What the route files work on. Directory and mail are replaced as a whole by a reset, so they are read anew for each request. */
export interface Tenant {
	readonly directory: Directory;
	readonly settings: AlimailSettings;
	readonly clock: Clock;
	readonly apps: Apps;
	readonly post: Post;
	readonly contacts: SharedContacts;
	/** Base URL, as it stands in addresses for uploads and downloads. */
	readonly url: string;
}
