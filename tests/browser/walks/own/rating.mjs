// A matter that ended is rated badly, once; the agency sees it without who it was, speaks with the person and answers;
// the person says what they think of that; the agency objects, and somebody above it decides. Everybody sees the sums.

import { visitor, watched } from '../../browser.mjs';
import { enterStaff, mustBeAt, mustTellMistakes, press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const SERVICE = 'YZ27007';
const PUBLIC = `/services/${SERVICE}/ratings`;
const WORDS = '等了很久，我叫林小满，电话13812345678，身份证110101199003070038。';
const PERSONAL = ['林小满', '13812345678', '110101199003070038'];

export async function rating(world) {
  const { portal, postBox, register, browser, base } = world;
  const sit = async (purpose) => {
    const context = await visitor(browser, base, {});
    const { page, troubles } = await watched(context);
    await enterStaff(page, postBox, portal.staff(purpose));
    return { context, page, troubles };
  };
  const officer = await sit('decides cases of an agency without a system');
  const above = await sit('runs the city');
  const desk = officer.page;
  try {
    await inEveryWay(world, 'a bad rating', async (page, { turn, mustBeSound }) => {
      await signIn(page, portal.person(register.owner.name), `/services/${SERVICE}/start`);
      const mine = await apply(page);
      const before = await rated(page);
      await grant(desk, mine.replace('/me/cases', '/agency/cases'));

      // From the page of the case to its rating, which is written down by a job.
      await page.goto(mine);
      const way = page.locator('main a[href^="/me/ratings/case/"]');
      for (let at = 0; at < 40 && (await way.count()) === 0; at += 1) {
        await page.waitForTimeout(250);
        await page.goto(mine);
      }
      await press(way.first());
      const here = new URL(page.url()).pathname;
      must((await page.locator('main input[type="radio"]:checked').count()) === 0, 'a level is chosen for the person');
      await mustBeSound();
      await page.locator('main input[name="level"][value="dissatisfied"]').check();
      await press(page.locator('main form button.large'));
      mustBeAt(page, here, 'after choosing a level');
      await mustBeSound();
      await page.locator('main input[name="tag"][value="slow"]').check();
      await page.locator('main textarea[name="words"]').fill(WORDS);
      const twice = await page.context().newPage();
      await twice.goto(`${here}?level=very-satisfied`);
      await press(page.locator('main form[method="post"] button.large'));
      must((await page.locator('main .notice.ok').count()) === 1, 'that it is sent is not said');
      must((await page.locator('main').innerText()).includes('林小满'), 'one cannot read one’s own words');
      await mustBeSound();

      // The form in another window cannot send it again, and the first one stands.
      await press(twice.locator('main form[method="post"] button.large'));
      must(new URL(twice.url()).searchParams.get('said') === 'already', `rated twice, at ${twice.url()}`);
      must((await twice.locator('main').innerText()).includes('林小满'), 'the second rating took the place of the first');
      await twice.close();
      await page.goto('/me/ratings');
      must((await page.locator(`main a[href="${here}"]`).count()) === 1, 'what was rated is not listed once');
      await mustBeSound();
      must((await rated(page)) === before + 1, 'the rating is not counted');

      // At the agency it names nobody.
      await desk.goto('/agency/ratings');
      await mustBeSound(desk);
      await press(desk.locator('main a.line-name').first());
      const theirs = new URL(desk.url()).pathname;
      const shown = await desk.locator('main').innerText();
      for (const text of PERSONAL) must(!shown.includes(text), `the agency reads ${text}`);
      must(shown.includes('等了很久'), 'the agency does not read the words');
      await mustBeSound(desk);
      const work = async (seat, act, values, choice) => {
        const form = seat.locator(`main details:has(input[name="act"][value="${act}"])`);
        if (!(await form.evaluate((details) => details.open))) await form.locator('summary').click();
        if (choice) await form.locator(`input[name="${act}-what"][value="${choice}"]`).check();
        for (const [name, value] of Object.entries(values)) await form.locator(`[name="${act}-${name}"]`).fill(value);
        await press(form.locator('button[type="submit"]'));
      };
      await work(desk, 'look', {});
      await mustTellMistakes(desk, ['look-words']);
      await mustBeSound(desk);
      await work(desk, 'look', { words: '打电话了解情况' });
      must((await desk.locator('main .notice dl').count()) === 1, 'name and telephone are not shown');
      await mustBeSound(desk);
      await desk.goto(theirs);
      await work(desk, 'contact', { words: '上午打过电话，说明了原因' });
      must((await desk.locator('main .notice.ok').count()) === 1, 'the call is not confirmed');
      await work(desk, 'answer', { words: '已补发材料' });
      await mustTellMistakes(desk, ['answer-what-fixed', 'answer-reply'], {});
      await mustBeSound(desk);
      await work(desk, 'answer', { words: '已补发材料', reply: '已经改进，电话13812345678' }, 'fixed');
      must((await desk.locator('main .notice.ok').count()) === 1, 'the answer is not confirmed');
      await mustBeSound(desk);

      // What the person says to it.
      await page.goto(here);
      must((await page.locator('main').innerText()).includes('已补发材料'), 'the answer cannot be read');
      await mustBeSound();
      const verdicts = await page.locator('main input[name="verdict"]').evaluateAll((all) => all.map((one) => one.value));
      await page.locator(`main input[name="verdict"][value="${turn % 2 === 0 ? verdicts[0] : verdicts.at(-1)}"]`).check();
      await page.locator('main textarea[name="still"]').fill('还是慢了一些');
      await press(page.locator('main form[action$="/verdict"] button'));
      must((await page.locator('main .notice.ok').count()) === 1, 'that it was heard is not said');
      must((await page.locator('main form[action$="/verdict"]').count()) === 0, 'one can say it twice');
      await mustBeSound();

      // The agency objects; it counts and is marked until somebody else decides.
      await desk.goto(theirs);
      await work(desk, 'appeal', { words: '同一件事评价错了部门' }, 'mistaken');
      must((await desk.locator('main .notice.ok').count()) === 1, 'the objection is not confirmed');
      await mustBeSound(desk);
      const seat = above.page;
      await seat.goto('/admin/ratings?show=appeals');
      await mustBeSound(seat);
      await press(seat.locator(`main a[href="${theirs.replace('/agency/', '/admin/')}"]`));
      await mustBeSound(seat);
      const upheld = turn % 2 === 0;
      await work(seat, 'decide', { words: '依据充分' }, upheld ? 'upheld' : 'rejected');
      must((await seat.locator('main .notice.ok').count()) === 1, 'the decision is not confirmed');
      await mustBeSound(seat);
      await page.goto(here);
      must((await page.locator('main').innerText()).includes('依据充分'), 'the person does not read why');
      await mustBeSound();

      must((await rated(page)) === before + (upheld ? 0 : 1), upheld ? 'what was set aside counts' : 'what stands does not count');
      const said = await page.locator('main').innerText();
      must(said.includes('已经改进') && !said.includes('13812345678'), 'what was done is not shown, or with a number');
      for (const text of PERSONAL) must(!said.includes(text), `everybody reads ${text}`);
      await mustBeSound();
      await page.goto('/me/looks');
      must((await page.locator('main').innerText()).includes('打电话了解情况'), 'the look at the telephone number is not on record');
    });
    world.report.check('ratings at the desk', 'clean', [...officer.troubles(), ...above.troubles()]);
  } finally {
    await officer.context.close();
    await above.context.close();
  }
}

// Applies; where the case is.
async function apply(page) {
  await press(page.locator('main form button.large[type="submit"]').first());
  for (let at = 0; at < 5 && !new URL(page.url()).pathname.endsWith('/review'); at += 1) {
    for (const box of await page.locator('main textarea, main input[type="text"]').all()) await box.fill('文澜路改造工程的施工合同');
    const radio = page.locator('main input[type="radio"]').first();
    if (await radio.count()) await radio.check();
    await press(page.locator('main form button.large'));
  }
  await press(page.locator('form[action$="/submit"] button'));
  return new URL(page.url()).pathname;
}

async function grant(desk, url) {
  for (const [act, reason] of [['accept', ''], ['grant', '准予公开']]) {
    await desk.goto(`${url}/do/${act}`);
    const box = desk.locator('main textarea[name="reason"]');
    if (await box.count()) await box.fill(reason);
    await press(desk.locator('main form[method="post"] button.large'));
    mustBeAt(desk, url, act);
  }
}

// How many ratings of the service everybody sees counted.
async function rated(page) {
  await page.goto(PUBLIC);
  const said = await page.locator('main').innerText();
  return Number(/(\d+) (?:人评价|rated it)/.exec(said)?.[1] ?? 0);
}
