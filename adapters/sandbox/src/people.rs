//! The demo city's people. A seed chooses them, so that the same seed always gives the same city; what the
//! population register knows about them is the truth that the portal can only ask for.

use chrono::NaiveDate;

use crate::numbers::identity_number;

/// Everyone in the demo.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Have an account with the portal.
    pub citizens: Vec<Citizen>,
    /// Work in the portal.
    pub staff: Vec<Staff>,
    /// Everyone the population register knows, citizens included.
    pub register: Vec<Person>,
}

/// Someone with an account.
#[derive(Debug, Clone)]
pub struct Citizen {
    pub person: Person,
    /// What the account is for, in words for whoever tries the demo.
    pub purpose: &'static str,
    /// The assurance level the account has reached.
    pub level: u8,
    /// The company this person is the legal representative of.
    pub company: Option<Company>,
    /// Identity number of a child this person is a parent of.
    pub child: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    /// Unified social credit code (GB 32100), of the fictional region.
    pub credit_code: String,
}

#[derive(Debug, Clone)]
pub struct Staff {
    pub name: String,
    pub login: String,
    /// One of `officer`, `integrator`, `manager`, `administrator`, `auditor`.
    pub role: &'static str,
    /// The branch of the city's tree of agencies; the city's own people have none.
    pub branch: Option<&'static str>,
    pub purpose: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub identity_number: String,
    pub birth_date: NaiveDate,
    pub phone: String,
    pub email: String,
    pub standing: Standing,
    /// How sure the register can make anyone of this person: 3 knows name and number, 4 knows the face too.
    pub proof: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Alive,
    Deceased,
}

const SURNAMES: [(&str, &str); 16] = [
    ("林", "lin"),
    ("陈", "chen"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("郑", "zheng"),
    ("孙", "sun"),
    ("何", "he"),
    ("高", "gao"),
    ("罗", "luo"),
    ("梁", "liang"),
    ("宋", "song"),
    ("唐", "tang"),
    ("许", "xu"),
    ("韩", "han"),
    ("冯", "feng"),
    ("曹", "cao"),
];
const GROWN: [(&str, &str); 12] = [
    ("晓", "xiao"),
    ("志远", "zhiyuan"),
    ("雅婷", "yating"),
    ("海涛", "haitao"),
    ("文静", "wenjing"),
    ("俊杰", "junjie"),
    ("晨", "chen"),
    ("思远", "siyuan"),
    ("丽娜", "lina"),
    ("国栋", "guodong"),
    ("敏", "min"),
    ("立新", "lixin"),
];
const OLD: [(&str, &str); 4] =
    [("秀英", "xiuying"), ("建国", "jianguo"), ("桂兰", "guilan"), ("德福", "defu")];
const YOUNG: [(&str, &str); 5] =
    [("子涵", "zihan"), ("一诺", "yinuo"), ("沐宸", "muchen"), ("雨桐", "yutong"), ("梓萱", "zixuan")];
/// Characters that many systems lose: each takes four bytes in GB 18030, the first also four in UTF-8.
const RARE: [(&str, &str); 2] = [("𬱖", "wei"), ("㛃", "jie")];

impl Cast {
    /// The people of the city that grows from `seed`.
    pub fn from_seed(seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let mut families = draw.shuffled(&SURNAMES).into_iter();
        let mut grown = draw.shuffled(&GROWN).into_iter();
        let (old, young) = (draw.shuffled(&OLD), draw.shuffled(&YOUNG));
        let mut family = || families.next().unwrap_or(SURNAMES[0]);
        let mut given = || grown.next().unwrap_or(GROWN[0]);

        let home = family();
        let parent = draw.person(home, given(), 1988, 4);
        let child = draw.person(home, young[0], 2017, 3);
        let teenager = draw.person(home, young[1], 2010, 3);
        let pensioner = draw.person(family(), old[0], 1953, 3);
        let owner = draw.person(family(), given(), 1979, 4);
        let unverified = draw.person(family(), given(), 1996, 4);
        let rare = draw.ending_in_x(family(), RARE[(seed % 2) as usize], 1999, 3);
        let newcomer = draw.person(family(), given(), 2001, 4);
        let dotted = draw.person(("阿依古丽", "ayguli"), ("·买买提", "memet"), 1992, 4);
        let mut deceased = draw.person(family(), old[1], 1938, 3);
        deceased.standing = Standing::Deceased;

        let company = Company {
            name: format!("云州{}商贸有限公司", owner.name),
            credit_code: credit_code(draw.below(90_000) + 10_000),
        };
        let citizen = |person: &Person, level, purpose| Citizen {
            person: person.clone(),
            purpose,
            level,
            company: None,
            child: None,
        };
        let citizens = vec![
            Citizen {
                child: Some(child.identity_number.clone()),
                ..citizen(&parent, 4, "a parent, who acts for a child")
            },
            citizen(&pensioner, 3, "a pensioner, who likes large text"),
            Citizen {
                company: Some(company),
                ..citizen(&owner, 4, "a business owner, who acts for a company")
            },
            citizen(&unverified, 2, "someone unverified, whose name nobody has checked yet"),
            citizen(&rare, 3, "a name with a character that many systems lose, a number ending in X"),
        ];
        let mut staff = |role, branch, purpose| {
            let (family, given) = (family(), given());
            let login = format!("{}.{}", given.1, family.1);
            Staff { name: format!("{}{}", family.0, given.0), login, role, branch, purpose }
        };
        let staff = vec![
            staff("officer", Some("culture-tourism/library"), "works an agency's cases"),
            staff("integrator", Some("gas-supply"), "connects an agency's backend"),
            staff("manager", Some("culture-tourism"), "manages an agency and those below it"),
            staff("administrator", None, "runs the city's portal"),
            staff("auditor", None, "reads the records and changes nothing"),
            staff("officer", None, "answers citizens for the city"),
            staff("officer", Some("government-services"), "decides cases of an agency without a system"),
            staff("manager", Some("government-services"), "confirms what such an officer drafts"),
            staff("officer", Some("parks"), "asks applicants for papers"),
        ];
        let register =
            vec![parent, child, teenager, pensioner, owner, unverified, rare, newcomer, dotted, deceased];
        Self { citizens, staff, register }
    }
}

impl Cast {
    /// Grown and living people whom the register knows and who have no account from the start: somebody to
    /// register as.
    pub fn strangers(&self, today: NaiveDate) -> impl Iterator<Item = &Person> {
        self.register.iter().filter(move |person| {
            let grown = person.birth_date.checked_add_months(chrono::Months::new(18 * 12));
            person.standing == Standing::Alive
                && grown.is_some_and(|day| day <= today)
                && self.citizens.iter().all(|citizen| citizen.person != **person)
        })
    }
}

/// Small steps of chance that a seed repeats (SplitMix64). It guards nothing.
struct Draw {
    state: u64,
    /// The telephone number that nobody has yet.
    next_phone: u64,
}

impl Draw {
    fn new(seed: u64) -> Self {
        let mut draw = Self { state: seed, next_phone: 0 };
        draw.next_phone = draw.below(5_000);
        draw
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }

    fn shuffled<T: Copy>(&mut self, all: &[T]) -> Vec<T> {
        let mut left = all.to_vec();
        let mut drawn = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let at = usize::try_from(self.below(left.len() as u64)).unwrap_or(0);
            drawn.push(left.swap_remove(at));
        }
        drawn
    }

    fn person(&mut self, family: (&str, &str), given: (&str, &str), year: i32, proof: u8) -> Person {
        let birth_date = self.day(year);
        let (district, sequence) = (self.small(1, 6), self.small(10, 900));
        let number = identity_number(u8::try_from(district).unwrap_or(1), birth_date, sequence);
        let phone = format!("1990990{:04}", self.next_phone);
        self.next_phone += 1;
        Person {
            name: format!("{}{}", family.0, given.0),
            identity_number: number,
            birth_date,
            phone,
            email: format!("{}.{}@mail.example", given.1, family.1),
            standing: Standing::Alive,
            proof,
        }
    }

    /// One of eleven numbers ends in X, so a few draws find one.
    fn ending_in_x(&mut self, family: (&str, &str), given: (&str, &str), year: i32, proof: u8) -> Person {
        loop {
            let person = self.person(family, given, year, proof);
            if person.identity_number.ends_with('X') {
                return person;
            }
        }
    }

    fn day(&mut self, year: i32) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        first + chrono::Days::new(self.below(365))
    }

    fn small(&mut self, from: u16, count: u16) -> u16 {
        from + u16::try_from(self.below(u64::from(count))).unwrap_or(0)
    }
}

/// A company's code in the fictional region, with its check character (GB 32100).
fn credit_code(serial: u64) -> String {
    const LETTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut code = format!("91990100{serial:09}");
    let (mut weight, mut sum) = (1, 0);
    for byte in code.bytes() {
        sum += weight * LETTERS.iter().position(|letter| *letter == byte).unwrap_or(0);
        weight = weight * 3 % 31;
    }
    code.push(char::from(LETTERS[(31 - sum % 31) % 31]));
    code
}
