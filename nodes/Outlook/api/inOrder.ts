import type { Client } from '../../../core/http/client';
import { inTurn } from '../../../core/http/inTurn';

/** What the items of a run do to one record is done in their order, one after another; to different ones, side by side. */
export const inOrder = async <T>(
	{ id }: { id: string },
	client: Client,
	work: () => Promise<T>,
): Promise<T> => await inTurn(client, [id], work);
