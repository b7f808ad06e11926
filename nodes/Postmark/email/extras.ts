import type { ParameterReader } from '../../../core/node/parameters/reader';
import type { Extras } from './wireMessage';
import { markEntries, markOf } from './once';

/** What Postmark knows of an email beside the email itself; see `options.ts` and `onceFields.ts` for the fields. */
export const readExtras = (item: ParameterReader): Extras => ({
	...readBulkExtras(item, 'outbound'),
	mark: markEntries(markOf(item)),
});

/**
 * Where nothing marks the single email. `stream` is the channel when none was chosen. A question that waits for its answer
 * is sent as it is: its form has neither metadata nor tracking.
 */
export function readBulkExtras(item: ParameterReader, stream: string): Extras {
	const chosen = item.collection('options');
	return {
		messageStream: chosen.text('messageStream') || stream,
		tag: chosen.text('tag'),
		metadata: chosen.declares('metadata') ? readMetadata(chosen) : [],
		mark: [],
		...(chosen.declares('trackLinks') ? readTracking(chosen) : NOT_SAID),
	};
}

/** Postmark does then as the server's settings say. */
const NOT_SAID: Pick<Extras, 'trackLinks' | 'trackOpens'> = { trackLinks: undefined, trackOpens: undefined };

function readTracking(chosen: ParameterReader): Pick<Extras, 'trackLinks' | 'trackOpens'> {
	const trackLinks = chosen.text('trackLinks');
	return {
		trackLinks: trackLinks === '' ? undefined : (trackLinks as Extras['trackLinks']),
		trackOpens: chosen.has('trackOpens') ? chosen.boolean('trackOpens') : undefined,
	};
}

const readMetadata = (chosen: ParameterReader): Extras['metadata'] =>
	chosen.fixedCollection('metadata', 'entry').map((row) => [row.requiredText('name'), row.text('value')]);

/** Whether styles are written into the elements; undefined leaves it to Postmark, which does it. */
export function readInlineCss(item: ParameterReader): boolean | undefined {
	const chosen = item.collection('options');
	return chosen.has('inlineCss') ? chosen.boolean('inlineCss') : undefined;
}
