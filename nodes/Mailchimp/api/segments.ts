import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasBefore, wasThere } from '../../../core/http/wasThere';
import { listOf, noLinks, withoutLinks } from '../connection';
import { allRows, rowCalled } from './rows';

/** Mailchimp's tags are its static segments (https://mailchimp.com/developer/marketing/api/list-segments/). */
export type SegmentType = 'saved' | 'static';

export const listSegments = (client: Client, audience: string, type: SegmentType, limit?: number) =>
	client.pages(
		path`/lists/${audience}/segments`,
		listOf('segments'),
		{ type, ...noLinks('segments') },
		limit,
	);

/** All segments of a kind, for a dropdown. */
export const allSegments = async (client: Client, audience: string, type: SegmentType) =>
	await allRows<{ id: number; name: string }>(listSegments(client, audience, type));

/** https://mailchimp.com/developer/marketing/api/list-segment-members/list-members-in-segment/ */
export const listSegmentMembers = (
	client: Client,
	audience: string,
	segment: string,
	query: IDataObject,
	limit?: number,
) =>
	client.pages(
		path`/lists/${audience}/segments/${segment}/members`,
		listOf('members'),
		{ ...query, ...noLinks('members') },
		limit,
	);

/**
 * https://mailchimp.com/developer/marketing/api/list-segments/add-segment/: made once. When the answer gets lost, one of that name
 * is looked for, in any case of its letters; one that was there before, or is another's, is told as such.
 *
 * @param what in messages: `the tag “Berlin”`
 * @param made what a new one looks like, where that is not what is sent
 */
export async function createSegment(
	client: Client,
	audience: string,
	body: IDataObject & { name: string },
	{ type, what, made = body }: { type: SegmentType; what: string; made?: IDataObject },
): Promise<IDataObject> {
	const asked = Date.now();
	const created = { service: 'Mailchimp', what, field: 'Name' };
	return withoutLinks(
		await client.send<IDataObject>({
			method: 'POST',
			path: path`/lists/${audience}/segments`,
			body,
			answer: ['id', 'name'],
			idempotent: false,
			async reconcile() {
				const found = await rowCalled(listSegments(client, audience, type), 'name', body.name);
				if (found === undefined) return undefined;
				return wasBefore(found.created_at, asked) ? wasThere(created) : ownOrTheirs(found, made, created);
			},
			manualCheck: `Look in Mailchimp whether ${what} is there.`,
		}),
	);
}

/** https://mailchimp.com/developer/marketing/api/list-segments/delete-segment/ */
export async function deleteSegment(client: Client, audience: string, segment: string): Promise<IDataObject> {
	await client.delete(path`/lists/${audience}/segments/${segment}`);
	return { deleted: true, id: segment };
}
