import type { Secret } from '../../../core/webhook/auth';
import {
	areReconciled,
	reconcileWebhooks,
	removeWebhooks,
	type FoundWebhook,
	type WebhookTarget,
} from '../../../core/webhook/reconcile';

/** A service that keeps one webhook a channel, and says the password of none. */
class Service implements WebhookTarget {
	hooks: FoundWebhook[] = [];
	passwords: Record<string, string> = {};
	refused?: string;
	private lastId = 0;

	async list() {
		return structuredClone(this.hooks);
	}
	async create({ channel, choice }: FoundWebhook, { user, password }: Secret) {
		if (channel === this.refused) throw new Error('refused');
		const id = String(++this.lastId);
		this.hooks.push({ id, channel, choice, secret: { user } });
		this.passwords[id] = password;
		return id;
	}
	async update(id: string, { choice }: FoundWebhook, { password }: Secret) {
		this.hooks.find((hook) => hook.id === id)!.choice = choice;
		this.passwords[id] = password;
	}
	async remove(id: string) {
		this.hooks = this.hooks.filter((hook) => hook.id !== id);
	}
}

const wanted = (...channels: string[]) => channels.map((channel) => ({ channel, choice: { open: true } }));
const channels = (service: Service) => service.hooks.map(({ channel }) => channel);

let service: Service;
beforeEach(() => {
	service = new Service();
});

test('after it was brought in step it is, until the choice, the webhooks or what is kept of them change', async () => {
	const kept = await reconcileWebhooks(service, wanted('a', 'b'), {});
	expect(await areReconciled(service, wanted('a', 'b'), kept)).toBe(true);
	expect(await areReconciled(service, wanted('a'), kept)).toBe(false);
	expect(await areReconciled(service, wanted('a', 'b', 'c'), kept)).toBe(false);
	expect(await areReconciled(service, [{ channel: 'a', choice: {} }, ...wanted('b')], kept)).toBe(false);
	expect(await areReconciled(service, wanted('a', 'b'), {})).toBe(false);
	expect(await areReconciled(service, wanted('a', 'b'), { ...kept, hooks: {} })).toBe(false);
	service.hooks.push({ ...service.hooks[0]!, id: 'twin' });
	expect(await areReconciled(service, wanted('a', 'b'), kept)).toBe(false);
});

test('keeps the secret and what is there already, adds what is missing, removes what is too many', async () => {
	const before = await reconcileWebhooks(service, wanted('a', 'b'), {});
	const after = await reconcileWebhooks(service, wanted('b', 'c'), before);
	expect([after.secret, after.hooks.b, channels(service)]).toEqual([
		before.secret,
		before.hooks.b,
		['b', 'c'],
	]);
	expect(Object.keys(after.hooks)).toEqual(['b', 'c']);
});

test('webhooks found under an unknown secret get the new one', async () => {
	await reconcileWebhooks(service, wanted('a'), {});
	const { secret, hooks } = await reconcileWebhooks(service, wanted('a'), {});
	expect(service.passwords[hooks.a!]).toBe(secret.password);
});

test('what was added is taken back when it cannot be finished; what was there before stays', async () => {
	const kept = await reconcileWebhooks(service, wanted('a'), {});
	service.refused = 'c';
	await expect(reconcileWebhooks(service, wanted('a', 'b', 'c'), kept)).rejects.toThrow('refused');
	expect(channels(service)).toEqual(['a']);
});

test('all are removed, whatever is known of them', async () => {
	await reconcileWebhooks(service, wanted('a', 'b'), {});
	await removeWebhooks(service, [], {});
	expect(service.hooks).toEqual([]);
});
