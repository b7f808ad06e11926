import type { Employee } from './csv';
import { laboratory, titlesFor } from './departments';
import { departmentAt, devOps, draftOf, paths, today, type Draft } from './draft';
import { headOf, type Start } from './firstNight';
import { spoilRows, type Flaw } from './flaws';

/** Everything that happened between the two exports. The lists have nobody in common. */
export interface SecondNight {
	/** The export of day 2 in file order. */
	rows: Employee[];
	joiners: Employee[];
	rejoiners: Employee[];
	movers: Employee[];
	retitled: Employee[];
	reassigned: Employee[];
	renamed: Employee[];
	/** Written differently, but nothing that the target would store differently. */
	restyled: Employee[];
	/** Rows that are gone, and rows that now say Left. */
	gone: Employee[];
	markedLeft: Employee[];
	flaws: Map<Employee, Flaw>;
}

/** The next day's export. */
export function secondNight(start: Start): SecondNight {
	const draft = draftOf(start);
	const changes = changeStaff(draft);
	const rejoiners = takeBack(draft);
	const joiners = welcome(draft);
	const flaws = spoilRows(draft);
	return { rows: draft.rows, joiners, rejoiners, ...changes, flaws };
}

/** Each person changes in one way only, so that every change can be counted on its own. */
function changeStaff({ start: { random, everyone }, rows, take }: Draft) {
	const other = (choices: string[], present: string) =>
		random.pick(choices.filter((choice) => choice !== present));

	const gone = take(5);
	for (const employee of gone) rows.splice(rows.indexOf(employee), 1);
	const markedLeft = take(3);
	for (const employee of markedLeft) employee.status = 'Left';

	const movers = take(15);
	for (const employee of movers) employee.department = other(paths, employee.department);

	const retitled = take(9);
	for (const employee of retitled) {
		const titles = titlesFor(departmentAt(employee.department), employee.name);
		employee.title = other(titles, employee.title);
	}

	const heads = paths.map((path) => headOf(path, everyone).email);
	const reassigned = take(4);
	for (const employee of reassigned) employee.managerEmail = other(heads, employee.managerEmail);

	// Both marry and keep their addresses.
	const renamed = take(2, ({ name }) =>
		/^(Anna|Lena|Sabine|Chloé|Hélène|Lucía|Sofía|Núria|Aoife) \S+$/.test(name),
	);
	renamed[0]!.name = renamed[0]!.name.replace(/ .*/, ' Bergström');
	renamed[1]!.name = renamed[1]!.name.replace(/$/, '-Castellanos');

	const restyled = take(2, ({ name }) => /^\w+ \w+$/.test(name));
	restyled[0]!.email = restyled[0]!.email.replace(/^.|[.@]./g, (letters) => letters.toUpperCase());
	restyled[1]!.name = `${restyled[1]!.name.replace(' ', '  ')} `;

	return { gone, markedLeft, movers, retitled, reassigned, renamed, restyled };
}

/** People whose frozen mailbox is still there: their numbers are the oldest, so they stand first. */
function takeBack({ start: { existing, everyone, recruiter }, rows }: Draft): Employee[] {
	const department = departmentAt('Sales & Marketing/EMEA/Iberia');
	const managerEmail = headOf(department.path, everyone).email;
	const rejoiners = existing
		.filter(({ kind }) => kind === 'former')
		.map(({ email, name, number }) =>
			recruiter.hire(department, {
				email,
				name,
				...(number ? { number } : {}),
				managerEmail,
				startDate: today,
			}),
		);
	rows.unshift(...rejoiners);
	return rejoiners;
}

function welcome({ start: { random }, rows, join }: Draft): Employee[] {
	const lead = join(devOps, { title: devOps.titles.lead });
	const member = () => join(devOps, { managerEmail: lead.email });
	const team = [member(), member()] as const;
	// One of the lead's people stands above the lead in the file: the order of rows must not matter.
	rows.splice(rows.indexOf(team[0]), 1);
	rows.splice(rows.indexOf(lead), 0, team[0]);
	const joiners = [
		lead,
		...team,
		join(departmentAt('研发中心'), { department: laboratory }),
		join(departmentAt('客户成功部/Support'), { name: '林小满 🌸', mailName: 'xiaoman.lin' }),
	];
	while (joiners.length < 12) joiners.push(join(departmentAt(random.pick(paths))));
	return joiners;
}
