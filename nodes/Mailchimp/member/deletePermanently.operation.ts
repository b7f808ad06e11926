import { path } from '../../../core/http/path';
import { batched } from '../../../core/node/operation';
import { findMember } from '../api/members';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';
import { onRoad, readBatchFrom, roadChunk, roadOptions, tellRoad, type Travelling } from '../road';

interface Erasing {
	audience: string;
	member: string;
}

const pathOf = ({ audience, member }: Erasing) =>
	path`/lists/${audience}/members/${member}/actions/delete-permanent`;

const erasing: Travelling<Erasing> = {
	call: (message) => ({ method: 'POST', path: pathOf(message) }),
	async alone(message, client) {
		const { audience, member } = message;
		await client.send({
			method: 'POST',
			path: pathOf(message),
			answer: 'nothing',
			idempotent: false,
			async reconcile() {
				return (await findMember(client, audience, member)) === undefined ? {} : undefined;
			},
			manualCheck: 'Look in Mailchimp whether the contact is still there.',
		});
		return { deleted: true, id: member };
	},
	row: ({ member }) => ({ deleted: true, id: member }),
};

/** https://mailchimp.com/developer/marketing/api/list-members/delete-list-member/ */
export const deletePermanently = batched<Erasing & { batchFrom: number }>({
	name: 'Delete Permanently',
	value: 'deletePermanently',
	asTool: false,
	action: 'Delete a member permanently',
	description: 'Erase a contact for good: its address can never be imported again',
	fields: [
		audienceLocator,
		memberField,
		{
			displayName: 'I Understand That This Cannot Be Undone',
			name: 'confirmed',
			type: 'boolean',
			required: true,
			default: false,
			description:
				'Whether you know that Mailchimp erases the contact, and that its address can never be imported again',
		},
		roadOptions,
	],
	read(item) {
		if (!item.boolean('confirmed'))
			throw item.fieldError(
				'confirmed',
				'is not ticked, and nothing was deleted',
				'Tick it when the contact and its address are to be gone for good. Otherwise use Archive.',
			);
		return { audience: audienceId(item), member: memberKey(item), batchFrom: readBatchFrom(item) };
	},
	chunk: roadChunk(),
	call: onRoad(erasing),
	conclude: tellRoad,
});
