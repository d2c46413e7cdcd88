// Whom the demo city's population register knows. Their names and numbers follow from the seed, as in
// adapters/sandbox/src/people.rs; pages show only parts of the numbers.

const SURNAMES = '林 陈 周 吴 郑 孙 何 高 罗 梁 宋 唐 许 韩 冯 曹'.split(' ');
const GROWN = '晓 志远 雅婷 海涛 文静 俊杰 晨 思远 丽娜 国栋 敏 立新'.split(' ');
const OLD = '秀英 建国 桂兰 德福'.split(' ');
const YOUNG = '子涵 一诺 沐宸 雨桐 梓萱'.split(' ');
const RARE = ['𬱖', '㛃'];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const WORD = (1n << 64n) - 1n;

export function register(seed = 1n) {
  const draw = new Draw(seed);
  const [families, grown] = [draw.shuffled(SURNAMES), draw.shuffled(GROWN)];
  const [old, young] = [draw.shuffled(OLD), draw.shuffled(YOUNG)];
  const person = (family, given, year) => ({ name: family + given, number: draw.number(year) });
  const home = families.shift();
  const parent = person(home, grown.shift(), 1988);
  const child = person(home, young[0], 2017);
  const teenager = person(home, young[1], 2010);
  const pensioner = person(families.shift(), old[0], 1953);
  const owner = person(families.shift(), grown.shift(), 1979);
  const unverified = person(families.shift(), grown.shift(), 1996);
  let rare;
  const family = families.shift();
  do rare = person(family, RARE[Number(seed % 2n)], 1999); while (!rare.number.endsWith('X'));
  const newcomer = person(families.shift(), grown.shift(), 2001);
  const dotted = person('阿依古丽', '·买买提', 1992);
  return { parent, child, teenager, pensioner, owner, unverified, rare, newcomer, dotted };
}

// A company's unified social credit code (GB 32100) in the fictional city.
export function creditCode(serial) {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91990100${String(serial).padStart(9, '0')}`;
  const sum = [...body].reduce((total, letter, at) => total + letters.indexOf(letter) * (3 ** at % 31), 0);
  return body + letters[(31 - (sum % 31)) % 31];
}

// SplitMix64.
class Draw {
  constructor(seed) {
    this.state = seed;
    this.below(5_000);
  }

  below(limit) {
    this.state = (this.state + 0x9e3779b97f4a7c15n) & WORD;
    let mixed = this.state;
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & WORD;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & WORD;
    return Number((mixed ^ (mixed >> 31n)) % BigInt(limit));
  }

  shuffled(all) {
    const left = [...all];
    const drawn = [];
    while (left.length > 0) {
      const at = this.below(left.length);
      drawn.push(left[at]);
      // The last one takes the place of the one drawn.
      const last = left.pop();
      if (at < left.length) left[at] = last;
    }
    return drawn;
  }

  number(year) {
    const birth = new Date(Date.UTC(year, 0, 1 + this.below(365))).toISOString().slice(0, 10).replaceAll('-', '');
    const [district, sequence] = [1 + this.below(6), 10 + this.below(900)];
    const body = `9901${String(district).padStart(2, '0')}${birth}${String(sequence).padStart(3, '0')}`;
    const sum = [...body].reduce((total, digit, at) => total + Number(digit) * WEIGHTS[at], 0);
    return body + '10X98765432'[sum % 11];
  }
}
