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

/** There is no bulk call for it: `POST /lists/{id}` takes no status “archived”. */
export const archiving: Travelling<Archiving> = {
	call: ({ audience, member }) => ({ method: 'DELETE', path: path`/lists/${audience}/members/${member}` }),
	async alone({ audience, member }, client) {
		await archiveMember(client, audience, member);
		return { archived: true, id: member };
	},
	row: ({ member }) => ({ archived: true, id: member }),
};

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
