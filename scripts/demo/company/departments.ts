/** Who works there: Chinese names, Latin names, or both. */
type Staff = 'chinese' | 'latin' | 'mixed';

export interface Department {
	/** From the top, parted by `/`, as in `研发中心/平台部/Core`. */
	path: string;
	/** How many work there, in proportion to the others. */
	weight: number;
	staff: Staff;
	titles: Titles;
}

interface Titles {
	head: string;
	lead: string;
	member: string[];
}

const engineering: Titles = {
	head: '研发总监',
	lead: 'Engineering Lead',
	member: [
		'软件工程师',
		'高级软件工程师',
		'测试工程师',
		'Software Engineer',
		'Senior Engineer, Platform',
		'SRE',
	],
};
const europeanEngineering: Titles = { ...engineering, head: 'Lab Director' };
const sales: Titles = {
	head: 'Head of Sales',
	lead: 'Sales Team Lead',
	member: ['Account Manager', 'Sales Engineer', 'Manager, Key Accounts', '海外销售经理', '商务拓展经理'],
};
const chinaSales: Titles = {
	head: '销售总监',
	lead: '销售主管',
	member: ['客户经理', '高级客户经理', '售前工程师', '销售代表'],
};
const marketing: Titles = {
	head: 'Marketing Director',
	lead: 'Campaign Lead',
	member: ['Content Editor', 'Designer', 'Marketing Specialist', '市场专员', '品牌设计师'],
};
const service: Titles = {
	head: 'Service Director',
	lead: 'Shift Lead',
	member: ['客户成功经理', '实施顾问', '技术支持工程师', 'Support Engineer', 'Technical Writer'],
};
const office: Titles = {
	head: '部门总监',
	lead: '主管',
	member: ['专员', '高级专员', '助理', 'Specialist', 'Senior Counsel'],
};

/** path | weight | staff. A department's parent stands above it; every kind of staff finds two titles at least. */
const tree: Array<[Titles, string]> = [
	[office, '总裁办|1|chinese'],
	[
		engineering,
		`研发中心|1|chinese
		研发中心/平台部|2|chinese
		研发中心/平台部/Core|9|mixed
		研发中心/平台部/Core/Runtime|6|mixed
		研发中心/平台部/DevOps|6|mixed
		研发中心/数据部|2|chinese
		研发中心/数据部/实时计算|7|chinese
		研发中心/数据部/数据治理|5|chinese
		研发中心/应用部|2|chinese
		研发中心/应用部/移动端|8|chinese
		研发中心/应用部/Web 前端|8|chinese
		研发中心/质量部|7|chinese
		研发中心/信息安全部|4|mixed`,
	],
	[
		europeanEngineering,
		`R&D Europe|1|latin
		R&D Europe/Berlin Lab|7|latin
		R&D Europe/Málaga Lab|5|latin`,
	],
	[
		sales,
		`Sales & Marketing|1|mixed
		Sales & Marketing/EMEA|2|latin
		Sales & Marketing/EMEA/DACH|6|latin
		Sales & Marketing/EMEA/DACH/Key Accounts|4|latin
		Sales & Marketing/EMEA/Iberia|4|latin
		Sales & Marketing/EMEA/Nordics|4|latin
		Sales & Marketing/EMEA/France|4|latin
		Sales & Marketing/APAC|4|mixed`,
	],
	[
		chinaSales,
		`Sales & Marketing/大中华区|2|chinese
		Sales & Marketing/大中华区/华东|8|chinese
		Sales & Marketing/大中华区/华北|7|chinese
		Sales & Marketing/大中华区/华南|7|chinese`,
	],
	[marketing, 'Sales & Marketing/Marketing|5|mixed'],
	[
		service,
		`客户成功部|2|chinese
		客户成功部/实施|7|chinese
		客户成功部/Support|2|mixed
		客户成功部/Support/Tier 1|7|mixed
		客户成功部/Support/Tier 2|4|mixed`,
	],
	[
		office,
		`财务部|3|chinese
		财务部/会计|4|chinese
		财务部/税务|2|chinese
		人力资源部|3|chinese
		人力资源部/招聘|3|chinese
		法务与合规部|3|mixed
		供应链中心|2|chinese
		供应链中心/采购部|4|chinese`,
	],
];

export const departments: Department[] = tree.flatMap(([titles, text]) =>
	text.split('\n').map((line) => {
		const [path = '', weight, staff] = line.trim().split('|');
		return { path, weight: Number(weight), staff: staff as Staff, titles };
	}),
);

export const executiveOffice = departments[0] as Department;

const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

/** The titles that go with a name: whoever has a Chinese name has a Chinese title. */
export function titlesFor(department: Department, name: string): string[] {
	return department.titles.member.filter((title) => isChinese(title) === isChinese(name));
}

/** Opened on the second day, with a parent that is new too. */
export const laboratory = '研发中心/人工智能实验室/LLM Platform';

/** `a/b/c` → `a`, `a/b`, `a/b/c`: the order in which they have to be created. */
export function withParents(path: string): string[] {
	const segments = path.split('/');
	return segments.map((_, depth) => segments.slice(0, depth + 1).join('/'));
}

/** Undefined for a department at the top. */
export const parentOf = (path: string): string | undefined => withParents(path).at(-2);
