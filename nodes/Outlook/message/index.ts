import { resource } from '../../../core/node/operation';
import { forward, reply, replyAll } from './answer.operations';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getChanges } from './getChanges.operation';
import { categorize, flag, markRead } from './mark.operations';
import { copy, deletePermanently, move, remove } from './move.operations';
import { queue } from './queue.operation';
import { cancelQueued, getQueued, getQueueReport } from './queued.operations';
import { send } from './send.operation';
import { sendAndWait } from './sendAndWait.operation';
import { update } from './update.operation';

export const message = resource({
	name: 'Message',
	value: 'message',
	description: 'Messages of any mailbox that the sign-in may open',
	operations: [
		send,
		sendAndWait,
		queue,
		getQueued,
		getQueueReport,
		cancelQueued,
		reply,
		replyAll,
		forward,
		getAll,
		get,
		getChanges,
		update,
		markRead,
		flag,
		categorize,
		move,
		copy,
		deletePermanently,
		remove,
	],
});
