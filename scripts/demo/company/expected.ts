import type { Employee } from './csv';
import { departments, laboratory, withParents } from './departments';
import type { ExistingMailbox } from './firstNight';
import type { Flaw, ProblemKind } from './flaws';
import type { SecondNight } from './secondNight';

/** The words of the sync for a kind of problem, and the column at fault. */
const kinds: Record<ProblemKind, { severity: ExpectedProblem['severity']; column: string }> = {
	duplicateNumber: { severity: 'duplicate', column: 'Employee No' },
	missingNumber: { severity: 'invalid', column: 'Employee No' },
	malformedAddress: { severity: 'invalid', column: 'Email' },
	foreignDomain: { severity: 'invalid', column: 'Email' },
	nameTooLong: { severity: 'invalid', column: 'Name' },
	unknownManager: { severity: 'reference', column: 'Manager Email' },
	addressTaken: { severity: 'conflict', column: 'Email' },
};

export interface ExpectedProblem {
	kind: ProblemKind;
	severity: 'invalid' | 'duplicate' | 'conflict' | 'reference';
	column: string;
	/** 0-based among the rows that reach the sync, that is without those whose Status is Left. */
	row: number;
	/** 1-based line of the file; the header is line 1. */
	line: number;
	employeeNo: string;
	/** The mailbox that has to stay as it is; absent when the row is about somebody new. */
	mailbox?: string;
}

/** What one night's sync has to come to. Rows and mailboxes are counted, not requests. */
export interface ExpectedDay {
	file: string;
	/** Rows of the file, those of them with Status Left, and what remains for the sync. */
	rowsInFile: number;
	rowsLeft: number;
	rows: number;
	creates: number;
	/** Mailboxes changed while active: the adopted ones and every change below. */
	updates: number;
	adopted: number;
	changes: { department: number; title: number; manager: number; name: number };
	enables: number;
	disables: number;
	/** Rows whose mailbox is right already. */
	unchanged: number;
	/** In the order in which they have to be created. */
	newDepartments: string[];
	problems: ExpectedProblem[];
	/** 'everything': the run must change nothing, and none of the above happens. */
	hold: 'nothing' | 'everything';
	/** Active mailboxes with an employee number before and after the run. */
	activeBefore: number;
	activeAfter: number;
}

/** Day 3 would have cost this many people their mailbox: active, with a number, and not in the file any more. */
export interface ExpectedTruncation extends ExpectedDay {
	wouldDisable: number;
	/** By how much the source is smaller than what the sync owns, in percent. */
	shrinkPercent: number;
}

/** Day 4 is day 2 once more, read in another encoding than it was written in: nothing may come of it. */
export function expectDay4(night: SecondNight, day2: ExpectedDay): ExpectedDay {
	return {
		...nothing,
		file: 'hr-export-day-4.csv',
		...sizes(night.rows),
		hold: 'everything',
		activeBefore: day2.activeAfter,
		activeAfter: day2.activeAfter,
	};
}

const nothing = {
	creates: 0,
	updates: 0,
	adopted: 0,
	changes: { department: 0, title: 0, manager: 0, name: 0 },
	enables: 0,
	disables: 0,
	unchanged: 0,
	newDepartments: [],
	problems: [],
};

const present = (rows: Employee[]) => rows.filter((row) => row.status !== 'Left');
const sizes = (all: Employee[]) => ({
	rowsInFile: all.length,
	rowsLeft: all.length - present(all).length,
	rows: present(all).length,
});

function problemsOf(all: Employee[], flaws: Map<Employee, Flaw>): ExpectedProblem[] {
	const rows = present(all);
	return rows.flatMap((row, index) => {
		const flaw = flaws.get(row);
		if (!flaw) return [];
		return [{ ...flaw, ...kinds[flaw.kind], row: index, line: all.indexOf(row) + 2, employeeNo: row.number }];
	});
}

export function expectDay1(all: Employee[], existing: ExistingMailbox[]): ExpectedDay {
	const { rows } = sizes(all);
	const adopted = existing.filter(({ kind }) => kind === 'adopted').length;
	return {
		...nothing,
		file: 'hr-export-day-1.csv',
		...sizes(all),
		creates: rows - adopted,
		updates: adopted,
		adopted,
		newDepartments: departments.map(({ path }) => path),
		hold: 'nothing',
		activeBefore: 0,
		activeAfter: rows,
	};
}

export function expectDay2(night: SecondNight, day1: ExpectedDay): ExpectedDay {
	const { rows } = sizes(night.rows);
	const problems = problemsOf(night.rows, night.flaws);
	const changes = {
		department: night.movers.length,
		title: night.retitled.length,
		manager: night.reassigned.length,
		name: night.renamed.length,
	};
	const creates = night.joiners.length;
	const enables = night.rejoiners.length;
	const updates = changes.department + changes.title + changes.manager + changes.name;
	const disables = night.gone.length + night.markedLeft.length;
	// A row with an unknown manager counts: the rest of it is applied, and there is nothing to apply.
	const refused = problems.filter(({ severity }) => severity !== 'reference').length;
	// The namesake's mailbox, made by hand during the day, has a number too.
	const activeBefore = day1.activeAfter + problems.filter(({ kind }) => kind === 'addressTaken').length;
	return {
		...nothing,
		file: 'hr-export-day-2.csv',
		...sizes(night.rows),
		creates,
		updates,
		changes,
		enables,
		disables,
		unchanged: rows - refused - creates - enables - updates,
		newDepartments: withParents(laboratory).filter((path) => !day1.newDepartments.includes(path)),
		problems,
		hold: 'nothing',
		activeBefore,
		activeAfter: activeBefore + creates + enables - disables,
	};
}

/** `last` is the row (0-based, in the file) in which the file breaks off; it has still got all it needs. */
export function expectDay3(night: SecondNight, last: number, day2: ExpectedDay): ExpectedTruncation {
	const all = night.rows.slice(0, last + 1);
	const problems = problemsOf(all, night.flaws);
	const valid = present(all).length - problems.filter(({ severity }) => severity !== 'reference').length;
	const cut = present(night.rows.slice(last + 1));
	const mailboxes = new Set<string>();
	for (const row of cut) {
		const flaw = night.flaws.get(row);
		const mailbox = flaw ? flaw.mailbox : row.email;
		if (mailbox) mailboxes.add(mailbox);
	}
	return {
		...nothing,
		file: 'hr-export-day-3.csv',
		...sizes(all),
		problems,
		hold: 'everything',
		activeBefore: day2.activeAfter,
		activeAfter: day2.activeAfter,
		wouldDisable: mailboxes.size,
		shrinkPercent: ((day2.activeAfter - valid) / day2.activeAfter) * 100,
	};
}
