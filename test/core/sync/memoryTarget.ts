import type { Changes, Created, Current, Fields, SyncTarget } from '../../../core/sync';

/**
 * `fail`: refused, nothing happened. `lost`: it happened, the answer got lost. `vanished`: it did not happen, and the
 * caller cannot tell.
 */
export type Fault = 'ok' | 'fail' | 'lost' | 'vanished';

/** A target in memory. It refuses a reference to somebody who is not there, and a second record with one key. */
export class MemoryTarget implements SyncTarget {
	readonly records = new Map<string, Current>();
	/** "create E1", "disable id3", … in the order in which they arrived. */
	readonly calls: string[] = [];
	/** Ids of records that anything but a create was asked for. */
	readonly touched = new Set<string>();
	/** Creates with a key that was already there: must stay empty. */
	readonly doubles: string[] = [];
	open = 0;
	mostOpen = 0;
	fault: (call: string) => Fault = () => 'ok';
	private next = 1;

	constructor(
		records: Current[] = [],
		private readonly now = new Date('2026-03-31T12:00:00Z'),
	) {
		for (const record of records) this.records.set(record.id, structuredClone(record));
	}

	list(): Current[] {
		return [...this.records.values()].map((record) => structuredClone(record));
	}

	create(fields: Fields): Promise<Created> {
		return this.call(`create ${String(fields.employeeNo)}`, () => {
			const same = [...this.records.values()].some(
				({ fields: held }) => held.employeeNo === fields.employeeNo,
			);
			if (same) this.doubles.push(String(fields.employeeNo));
			this.checkManager(fields.managerEmail);
			const id = `new${this.next++}`;
			const { password, ...kept } = fields;
			this.records.set(id, {
				id,
				fields: kept,
				active: true,
				label: String(fields.email ?? id),
				owned: true,
			});
			return { id, ...(password === undefined ? { password: 'generated' } : {}) };
		});
	}

	update(id: string, changes: Changes): Promise<void> {
		return this.call(`update ${id}`, () => this.write(id, changes));
	}

	enable(id: string, changes: Changes): Promise<void> {
		return this.call(`enable ${id}`, () => {
			this.write(id, changes);
			Object.assign(this.get(id), { active: true, disabledAt: undefined });
		});
	}

	disable(id: string): Promise<void> {
		return this.call(`disable ${id}`, () => {
			Object.assign(this.get(id), { active: false, disabledAt: this.now });
		});
	}

	delete(id: string): Promise<void> {
		return this.call(`delete ${id}`, () => {
			this.get(id);
			this.records.delete(id);
		});
	}

	private get(id: string): Current {
		this.touched.add(id);
		const record = this.records.get(id);
		if (!record) throw new Error(`There is no record ${id}`);
		return record;
	}

	private write(id: string, changes: Changes): void {
		const record = this.get(id);
		if (changes.managerEmail) this.checkManager(changes.managerEmail.to);
		for (const [field, { to }] of Object.entries(changes)) record.fields[field] = to;
	}

	private checkManager(manager: Fields[string]): void {
		if (manager === undefined || manager === '') return;
		const wanted = String(manager).toLowerCase();
		const found = [...this.records.values()].some(
			({ fields }) => String(fields.email).toLowerCase() === wanted,
		);
		if (!found) throw new Error(`There is no manager ${String(manager)}`);
	}

	private async call<T>(name: string, effect: () => T): Promise<T> {
		this.calls.push(name);
		this.open += 1;
		this.mostOpen = Math.max(this.mostOpen, this.open);
		// Several turns of the event loop, so that calls that may overlap do.
		await new Promise((resolve) => setImmediate(resolve));
		this.open -= 1;
		const fault = this.fault(name);
		if (fault === 'fail') throw new Error('Refused by the service');
		if (fault === 'vanished') throw Object.assign(new Error('No answer'), { outcome: 'unknown' });
		const answer = effect();
		if (fault === 'lost') throw Object.assign(new Error('No answer'), { outcome: 'unknown' });
		return answer;
	}
}
