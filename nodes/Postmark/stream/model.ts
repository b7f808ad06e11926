import type { Client } from '../../../core/http/client';

/** https://postmarkapp.com/developer/api/message-streams-api */
export interface Stream {
	ID: string;
	Name: string;
	MessageStreamType: 'Transactional' | 'Broadcasts' | 'Inbound';
	ArchivedAt?: string | null;
}

/** The server's streams, all in one answer. `type` is a MessageStreamType or `All`. */
export async function listStreams(client: Client, type = 'All', archived = false): Promise<Stream[]> {
	const { MessageStreams = [] } = await client.get<{ MessageStreams?: Stream[] }>('/message-streams', {
		MessageStreamType: type,
		...(archived && { IncludeArchivedStreams: true }),
	});
	return MessageStreams;
}

export const canSend = ({ MessageStreamType }: Stream): boolean => MessageStreamType !== 'Inbound';
