import type { Employee } from './csv';
import { departmentAt, devOps, paths, type Draft } from './draft';
import { domain } from './names';

export type ProblemKind =
	| 'duplicateNumber'
	| 'missingNumber'
	| 'malformedAddress'
	| 'foreignDomain'
	| 'nameTooLong'
	| 'unknownManager'
	| 'addressTaken';

/** A row that HR got wrong, and the mailbox that must stay as it is all the same (none: the person is new). */
export interface Flaw {
	kind: ProblemKind;
	mailbox?: string;
}

/** What goes wrong in an HR department on an ordinary day. Changes the draft's rows. */
export function spoilRows(draft: Draft): Map<Employee, Flaw> {
	const flaws = new Map<Employee, Flaw>();
	const flawed = (row: Employee, kind: ProblemKind, mailbox?: string) =>
		flaws.set(row, mailbox === undefined ? { kind } : { kind, mailbox });

	for (const [row, second] of twins(draft)) {
		draft.rows.splice(draft.rows.indexOf(row) + 1, 0, second);
		flawed(row, 'duplicateNumber', row.email);
		flawed(second, 'duplicateNumber', row.email);
	}

	const [numberless, misspelt, orphan] = draft.take(3) as [Employee, Employee, Employee];
	numberless.number = '';
	flawed(numberless, 'missingNumber', numberless.email);
	flawed(misspelt, 'malformedAddress', misspelt.email);
	misspelt.email = misspelt.email.replace('.example', ',example');
	orphan.managerEmail = `nobody.here@${domain}`;
	flawed(orphan, 'unknownManager', orphan.email);

	const outsider = draft.join(devOps, { email: 'hanna.koch@freemail.example', name: 'Hanna Koch' });
	flawed(outsider, 'foreignDomain');
	const pasted = 'Maximiliane Friederike von und zu Hohenstein-Œttingen '.repeat(6).slice(0, 300);
	flawed(draft.join(devOps, { name: pasted, mailName: 'maximiliane.hohenstein' }), 'nameTooLong');
	for (const { email } of draft.start.existing.filter(({ kind }) => kind === 'namesake')) {
		const joiner = draft.join(departmentAt('人力资源部/招聘'), { email, name: '沈佳怡' });
		flawed(joiner, 'addressTaken', email);
	}
	return flaws;
}

/** A colleague entered in two departments, and a new one who was given a colleague's number. */
function twins(draft: Draft): Array<[row: Employee, second: Employee]> {
	const [enteredTwice, numberReused] = draft.take(2) as [Employee, Employee];
	const elsewhere = draft.start.random.pick(paths.filter((path) => path !== enteredTwice.department));
	const stranger = draft.join(devOps, { number: numberReused.number });
	draft.rows.splice(draft.rows.indexOf(stranger), 1);
	return [
		[enteredTwice, { ...enteredTwice, department: elsewhere }],
		[numberReused, stranger],
	];
}
