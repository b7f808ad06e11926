import { ServiceError } from '../../../core/errors';
import { batched } from '../../../core/node/operation';
import { path } from '../../../core/http/path';
import { archiveMember } from '../api/members';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';
import { onRoad, readBatchFrom, roadChunk, roadOptions, tellRoad, type Travelling } from '../road';

interface Archiving {
	audience: string;
	member: string;
}

const pathOf = ({ audience, member }: Archiving) => path`/lists/${audience}/members/${member}`;

/** There is no bulk call for it: `POST /lists/{id}` takes no status “archived”. */
export const archiving: Travelling<Archiving> = {
	call: (message) => ({ method: 'DELETE', path: pathOf(message) }),
	async alone({ audience, member }, client) {
		await archiveMember(client, audience, member);
		return { archived: true, id: member };
	},
	row: ({ member }) => ({ archived: true, id: member }),
	// “Can not archive a contact that is bounced, pending or archived” (github.com/amro/gibbon/issues/320).
	already: {
		mayBe: ({ facts: { status } }) => status === 405,
		look: (message) => ({ method: 'GET', path: pathOf(message) }),
		row({ member }, { status }) {
			if (status === 'archived') return { archived: true, id: member };
			throw notArchived(String(status));
		},
	},
};

const notArchived = (status: string): ServiceError =>
	new ServiceError({
		service: 'Mailchimp',
		message: `The contact is “${status}”, and Mailchimp archives nobody who is pending or cleaned`,
		remedy:
			'It gets no campaigns as it is; once it has confirmed it can be archived. To erase it for good, use Delete Permanently.',
		outcome: 'refused',
		field: 'Email Address or ID',
	});

export const archive = batched<Archiving & { batchFrom: number }>({
	name: 'Archive',
	value: 'archive',
	action: 'Archive a member',
	description: 'Take a contact out of the audience; it can be added again',
	fields: [audienceLocator, memberField, roadOptions],
	read: (item) => ({
		audience: audienceId(item),
		member: memberKey(item),
		batchFrom: readBatchFrom(item),
	}),
	chunk: roadChunk(),
	call: onRoad(archiving),
	conclude: tellRoad,
});
