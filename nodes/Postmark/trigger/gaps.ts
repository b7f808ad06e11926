import type { Gap } from '../../../core/poll/backfill';
import type { Event } from './events';

/**
 * An item that tells of a time in which something may be missing. Its RecordType is none of Postmark's, so that a workflow
 * can tell it from an event.
 *
 * @param what in the plural: "inbound emails"
 */
export function gapItem(what: string, { from, until }: Gap, why: string): Event {
	const [From, Until] = [from, until].map((at) => new Date(at).toISOString());
	return {
		RecordType: 'Missed',
		Message: `Some ${what} from ${From} to ${Until} could not be caught up: ${why}`,
		Remedy:
			'Look at the activity of this time in Postmark, and do by hand what this workflow would have done.',
		From: From!,
		Until: Until!,
	};
}
