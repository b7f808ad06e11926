import type { Deltas } from './delta';
import type { Directory } from './directory';
import type { Limits } from './limits';
import type { Mailbox } from './mailbox';
import type { Post } from './post';
import type { OutlookSettings } from './settings';
import type { Subscriptions } from './subscriptions';
import type { Tokens } from './tokens';
import type { Uploads } from './uploads';

/** All that the routes work on. */
export interface OutlookState {
	/** By its own clock, as the Date of its answers has it. */
	now(): Date;
	/** Address of the API. */
	readonly url: string;
	readonly settings: OutlookSettings;
	readonly tokens: Tokens;
	readonly directory: Directory;
	readonly post: Post;
	readonly uploads: Uploads;
	readonly subscriptions: Subscriptions;
	deltas?: Deltas;
	/** What stands for the directory where a mailbox does. */
	readonly ofDirectory: Mailbox;
	readonly limits: Limits;
}
