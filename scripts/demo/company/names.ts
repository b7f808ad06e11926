import type { Random } from './random';

export const domain = 'yunhe.example';

/** A person's name as HR writes it, and the part of the address before the @ that IT would give. */
export interface PersonName {
	name: string;
	mailName: string;
	locale: Locale;
}

interface Locale {
	/** All of a mobile number but its last four digits; of blocks kept free or full of zeros, so that nobody answers. */
	mobile: string;
	cities: string[];
}

interface LatinLocale extends Locale {
	weight: number;
	/** Where most people come from here: names of departments. */
	regions: string[];
	first: string[];
	last: string[];
}

const words = (text: string) => text.trim().split(/\s+/);
/** `张:zhang:9` → what is written, how it sounds, how common it is. */
const spoken = (text: string) =>
	words(text).map((entry) => {
		const [written, pinyin, weight] = entry.split(':');
		return { written, pinyin, weight: Number(weight ?? 1) };
	});

// 吕 is LYU in addresses: a passport has no ü.
const surnames =
	spoken(`王:wang:10 李:li:10 张:zhang:9 刘:liu:7 陈:chen:7 杨:yang:5 黄:huang:4 赵:zhao:4 吴:wu:4 周:zhou:4
	徐:xu:3 孙:sun:3 马:ma:3 朱:zhu:2 胡:hu:2 郭:guo:2 何:he:2 林:lin:2 高:gao:2 罗:luo:2 郑:zheng:2 梁:liang:1 谢:xie:1 宋:song:1
	唐:tang:1 许:xu:1 韩:han:1 冯:feng:1 邓:deng:1 曹:cao:1 吕:lyu:1 沈:shen:1 欧阳:ouyang:1 司徒:situ:1 诸葛:zhuge:1`);
const givenNames =
	spoken(`伟:wei:6 芳:fang:4 娜:na:4 敏:min:4 静:jing:4 丽:li:3 强:qiang:3 磊:lei:4 军:jun:3 洋:yang:3 勇:yong:2
	艳:yan:2 杰:jie:3 娟:juan:2 涛:tao:3 明:ming:2 超:chao:2 霞:xia:2 平:ping:2 刚:gang:2 桂英:guiying 秀兰:xiulan 思远:siyuan
	子涵:zihan:2 浩然:haoran:2 雨桐:yutong 梓萱:zixuan:2 宇轩:yuxuan:2 佳怡:jiayi:2 欣怡:xinyi:2 俊杰:junjie:2 晓明:xiaoming
	晓燕:xiaoyan 文博:wenbo 志强:zhiqiang:2 建华:jianhua:2 国栋:guodong 海燕:haiyan 春梅:chunmei 丽华:lihua 雪:xue 婷婷:tingting:2
	鹏飞:pengfei 天宇:tianyu 嘉豪:jiahao 诗涵:shihan 若曦:ruoxi 一鸣:yiming 睿:rui 晨:chen 悦:yue 凯:kai 鑫:xin:2 博文:bowen
	雅琴:yaqin 慧敏:huimin 立群:liqun 永康:yongkang 书瑶:shuyao 瑾瑜:jinyu`);

const china: Locale = { mobile: '+86 138 0000', cities: words('杭州 杭州 杭州 北京 上海 深圳 成都') };

const latin: LatinLocale[] = [
	{
		weight: 8,
		regions: ['Berlin Lab', 'DACH', 'Key Accounts'],
		mobile: '+49 151 0000',
		cities: words('Berlin München Frankfurt Zürich'),
		first:
			words(`Jürgen Anna Björn Sabine Lukas Käthe Stefan Zoë Matthias Ursula Jörg Heike Felix Anke Götz Marie-Luise
			Karl-Heinz Lena`),
		last: words(`Müller Schäfer Weiß Köhler Fischer Groß Böhm Krüger Wagner Jäger Schröder Vogel Meyer-Lüdenscheidt
			Hoffmann Bäcker König`),
	},
	{
		weight: 5,
		regions: ['France'],
		mobile: '+33 6 39 98',
		cities: words('Paris Lyon Besançon'),
		first: words(
			'Éloïse François Jean-Luc Chloé Noël Hélène Théo Anaïs Benoît Marie-Ève Gaëtan Océane André Léa',
		),
		last: words(
			'Lefèvre Bézier Garçon Martin-Dubois Désiré Château Guérin Petit Müller-Benoît Lemaître Rousseau',
		),
	},
	{
		weight: 5,
		regions: ['Málaga Lab', 'Iberia'],
		mobile: '+34 60000',
		cities: words('Madrid Málaga Coruña'),
		first: words('Begoña Íñigo José María Núria Ángel Inés Rubén Lucía Martín Sofía Óscar'),
		last: words('Núñez Muñoz García Peña Ibáñez Ordóñez Castaño Fernández López Ríos Yáñez'),
	},
	{
		weight: 4,
		regions: ['Nordics'],
		mobile: '+45 2000',
		cities: words('København Malmö Tromsø'),
		first: words('Søren Åse Jørgen Bjørn Maja Kåre Ingrid Håkon Freja Mikkel Gøran Astrid'),
		last: words('Østergård Sørensen Ødegård Lindström Kjær Nørgaard Åkesson Møller Holm Bjørnson'),
	},
	{
		weight: 3,
		regions: [],
		mobile: '+353 85 000',
		cities: words('Dublin Cork'),
		first: words('Siobhán Conor Aoife Seán Niamh Pádraig Róisín Liam Orla Declan'),
		last: words("O'Brien O'Sullivan Murphy Kelly-Byrne D'Arcy Ó_Súilleabháin Walsh McCarthy O'Connor"),
	},
];

const spelledOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ø: 'oe', å: 'aa', æ: 'ae' };

/** `Jörg Weiß` → `joerg.weiss`; `Siobhán O'Brien` → `siobhan.obrien`; a hyphen stays. */
export function mailNameOf(name: string): string {
	return name
		.toLowerCase()
		.replace(/[äöüßøåæ]/g, (letter) => spelledOut[letter] ?? letter)
		.normalize('NFD')
		.replace(/[^a-z0-9 -]/g, '')
		.trim()
		.replace(/ +/g, '.');
}

export function chineseName(random: Random): PersonName {
	const surname = random.weighted(surnames, (entry) => entry.weight);
	const given = random.weighted(givenNames, (entry) => entry.weight);
	return {
		name: surname.written! + given.written!,
		mailName: `${given.pinyin}.${surname.pinyin}`,
		locale: china,
	};
}

/** `place`: the department's own name; in `Iberia` most names are Spanish. */
export function latinName(random: Random, place: string): PersonName {
	const locale = random.weighted(latin, ({ weight, regions }) => (regions.includes(place) ? 100 : weight));
	const name = `${random.pick(locale.first)} ${random.pick(locale.last)}`.replace('_', ' ');
	return { name, mailName: mailNameOf(name), locale };
}

/** Hands out addresses; who comes later with a name that is taken gets a number, as in `wei.zhang2@…`. */
export class AddressBook {
	private readonly taken = new Set<string>();

	claim(mailName: string): string {
		for (let number = 1; ; number++) {
			const address = `${mailName}${number === 1 ? '' : number}@${domain}`;
			if (this.taken.has(address)) continue;
			this.taken.add(address);
			return address;
		}
	}
}
