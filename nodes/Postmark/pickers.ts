import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { lookUp } from '../../core/node/lookUp';
import { postmark } from './transport';

/** The streams of the server that can send (https://postmarkapp.com/developer/api/message-streams-api). */
export async function getSendingStreams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await lookUp(this, postmark, async (client) => {
		const answer = await client.get<{ MessageStreams?: Stream[] }>('/message-streams', {
			MessageStreamType: 'All',
		});
		return (answer.MessageStreams ?? [])
			.filter(({ MessageStreamType }) => MessageStreamType !== 'Inbound')
			.map(({ ID, Name, MessageStreamType }) => ({
				name: `${Name} (${MessageStreamType === 'Broadcasts' ? 'Broadcast' : 'Transactional'})`,
				value: ID,
			}));
	});
}

interface Stream {
	ID: string;
	Name: string;
	MessageStreamType: 'Transactional' | 'Broadcasts' | 'Inbound';
}
