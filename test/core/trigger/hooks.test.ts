import type { Secret } from '../../../core/trigger/caller';
import {
	areInStep,
	bringInStep,
	removeHooks,
	type FoundHook,
	type HookTarget,
} from '../../../core/trigger/hooks';

/** A service that keeps one webhook a channel, and says the password of none. */
class Service implements HookTarget {
	hooks: FoundHook[] = [];
	passwords: Record<string, string> = {};
	refused?: string;
	private lastId = 0;

	async list() {
		return structuredClone(this.hooks);
	}
	async create({ channel, choice }: FoundHook, { user, password }: Secret) {
		if (channel === this.refused) throw new Error('refused');
		const id = String(++this.lastId);
		this.hooks.push({ id, channel, choice, secret: { user } });
		this.passwords[id] = password;
		return id;
	}
	async update(id: string, { choice }: FoundHook, { password }: Secret) {
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
	const kept = await bringInStep(service, wanted('a', 'b'), {});
	expect(await areInStep(service, wanted('a', 'b'), kept)).toBe(true);
	expect(await areInStep(service, wanted('a'), kept)).toBe(false);
	expect(await areInStep(service, wanted('a', 'b', 'c'), kept)).toBe(false);
	expect(await areInStep(service, [{ channel: 'a', choice: {} }, ...wanted('b')], kept)).toBe(false);
	expect(await areInStep(service, wanted('a', 'b'), {})).toBe(false);
	expect(await areInStep(service, wanted('a', 'b'), { ...kept, hooks: {} })).toBe(false);
	service.hooks.push({ ...service.hooks[0]!, id: 'twin' });
	expect(await areInStep(service, wanted('a', 'b'), kept)).toBe(false);
});

test('keeps the secret and what is there already, adds what is missing, removes what is too many', async () => {
	const before = await bringInStep(service, wanted('a', 'b'), {});
	const after = await bringInStep(service, wanted('b', 'c'), before);
	expect([after.secret, after.hooks.b, channels(service)]).toEqual([
		before.secret,
		before.hooks.b,
		['b', 'c'],
	]);
	expect(Object.keys(after.hooks)).toEqual(['b', 'c']);
});

test('webhooks found under an unknown secret get the new one', async () => {
	await bringInStep(service, wanted('a'), {});
	const { secret, hooks } = await bringInStep(service, wanted('a'), {});
	expect(service.passwords[hooks.a!]).toBe(secret.password);
});

test('what was added is taken back when it cannot be finished; what was there before stays', async () => {
	const kept = await bringInStep(service, wanted('a'), {});
	service.refused = 'c';
	await expect(bringInStep(service, wanted('a', 'b', 'c'), kept)).rejects.toThrow('refused');
	expect(channels(service)).toEqual(['a']);
});

test('all are removed, whatever is known of them', async () => {
	await bringInStep(service, wanted('a', 'b'), {});
	await removeHooks(service, [], {});
	expect(service.hooks).toEqual([]);
});
