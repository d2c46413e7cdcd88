// A matter that ended is rated badly, once; the agency sees it without who it was, speaks with the person and answers with a
// picture; the person says what they think of that; the agency objects with a document, and somebody above it looks which
// matter it was and decides. Whom that goes against disputes it. Everybody sees the sums.

import { visitor, watched } from '../../browser.mjs';
import { atWork, mustBeAt, mustTellMistakes, press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { disputed, disputedByAgency } from './dispute.mjs';
import { apply, grant, toRating } from './matters.mjs';
import { inBothLanguages } from './ways.mjs';

const SERVICE = 'YZ27007';
const PUBLIC = `/services/${SERVICE}/ratings`;
const WORDS = '等了很久，我叫林小满，电话13812345678，身份证110101199003070038。';
const CALLED = '打电话了解情况';
const LOOKED = '核对办理过程';
const PICTURES = 'main a[href*="/evidence/"]';
const PAPER = '%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n';
const PERSONAL = ['林小满', '13812345678', '110101199003070038'];

export async function rating(world) {
  const { portal, postBox, register, browser, base } = world;
  const sit = async (purpose) => {
    const context = await visitor(browser, base, {});
    const { page, troubles } = await watched(context);
    await atWork(page, postBox, portal.staff(purpose));
    return { context, page, troubles };
  };
  const officer = await sit('decides cases of an agency without a system');
  const above = await sit('runs the city');
  const hotline = await sit('answers citizens for the city');
  const parks = await sit('asks applicants for papers');
  const desk = officer.page;
  try {
    await inBothLanguages(world, 'a bad rating', async (page, { turn, mustBeSound }) => {
      await signIn(page, portal.person(register.owner.name), `/services/${SERVICE}/start`);
      const mine = await apply(page);
      const before = await rated(page);
      await grant(desk, mine);

      const here = await toRating(page, mine);
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
      const picture = { name: 'counter.png', mimeType: 'image/png', buffer: await desk.screenshot() };
      const work = async (seat, act, values, choice, file) => {
        const form = seat.locator(`main details:has(input[name="act"][value="${act}"])`);
        if (!(await form.evaluate((details) => details.open))) await form.locator('summary').click();
        if (choice) await form.locator(`input[name="${act}-what"][value="${choice}"]`).check();
        for (const [name, value] of Object.entries(values)) await form.locator(`[name="${act}-${name}"]`).fill(value);
        if (file) await form.locator('input[type="file"]').setInputFiles(file);
        await press(form.locator('button[type="submit"]'));
      };
      await work(desk, 'look', {});
      await mustTellMistakes(desk, ['look-words']);
      await mustBeSound(desk);
      await work(desk, 'look', { words: `${CALLED}（${turn}）` });
      must((await desk.locator('main .notice dl').count()) === 1, 'name and telephone are not shown');
      await mustBeSound(desk);
      await mustBeOnRecord(page, `${CALLED}（${turn}）`);
      await desk.goto(theirs);
      await work(desk, 'contact', { words: '上午打过电话，说明了原因' });
      must((await desk.locator('main .notice.ok').count()) === 1, 'the call is not confirmed');
      await work(desk, 'answer', { words: '已补发材料' });
      await mustTellMistakes(desk, ['answer-what-fixed', 'answer-reply'], {});
      await mustBeSound(desk);
      // What is no picture is refused beside its field, and the words stay.
      const said = { words: '已补发材料', reply: '已经改进，电话13812345678' };
      await work(desk, 'answer', said, 'fixed', { name: 'counter.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
      await mustTellMistakes(desk, ['answer-file'], { 'answer-words': said.words, 'answer-reply': said.reply });
      await mustBeSound(desk);
      await work(desk, 'answer', said, 'fixed', picture);
      must((await desk.locator('main .notice.ok').count()) === 1, 'the answer is not confirmed');
      must((await desk.locator(PICTURES).count()) === 1, 'the agency does not find its picture again');
      await mustBeSound(desk);

      // What the person says to it.
      await page.goto(here);
      must((await page.locator('main').innerText()).includes('已补发材料'), 'the answer cannot be read');
      must((await page.locator(PICTURES).count()) === 1, 'the picture of what was put right is not shown');
      await mustHavePicture(page, PICTURES);
      await mustBeSound();
      const verdicts = await page.locator('main input[name="verdict"]').evaluateAll((all) => all.map((one) => one.value));
      await page.locator(`main input[name="verdict"][value="${turn === 0 ? verdicts[0] : verdicts.at(-1)}"]`).check();
      await page.locator('main textarea[name="still"]').fill('还是慢了一些');
      await press(page.locator('main form[action$="/verdict"] button'));
      must((await page.locator('main .notice.ok').count()) === 1, 'that it was heard is not said');
      must((await page.locator('main form[action$="/verdict"]').count()) === 0, 'one can say it twice');
      await mustBeSound();

      // The agency objects; it counts and is marked until somebody else decides.
      await desk.goto(theirs);
      const paper = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PAPER) };
      await work(desk, 'appeal', { words: '同一件事评价错了部门' }, 'mistaken', paper);
      must((await desk.locator('main .notice.ok').count()) === 1, 'the objection is not confirmed');
      await mustBeSound(desk);
      const seat = above.page;
      await seat.goto('/admin/ratings?show=appeals');
      await mustBeSound(seat);
      await press(seat.locator(`main a[href="${theirs.replace('/agency/', '/admin/')}"]`));
      await mustBeSound(seat);
      must((await seat.locator(PICTURES).count()) === 2, 'whoever decides does not find both files');
      await mustHavePicture(seat, PICTURES);
      // Which matter it was takes a reason, which the person reads.
      const number = mine.split('/').at(-1);
      must(!(await seat.content()).includes(number), 'which matter it was is shown before anybody asked');
      await work(seat, 'matter', {});
      await mustTellMistakes(seat, ['matter-words']);
      await work(seat, 'matter', { words: `${LOOKED}（${turn}）` });
      must((await seat.locator('main .notice dl').innerText()).includes(number), 'which matter it was is not shown');
      await mustBeSound(seat);
      await mustBeOnRecord(page, `${LOOKED}（${turn}）`);
      await seat.goto(theirs.replace('/agency/', '/admin/'));
      const upheld = turn === 0;
      await work(seat, 'decide', { words: '依据充分' }, upheld ? 'upheld' : 'rejected');
      must((await seat.locator('main .notice.ok').count()) === 1, 'the decision is not confirmed');
      await mustBeSound(seat);
      await page.goto(here);
      must((await page.locator('main').innerText()).includes('依据充分'), 'the person does not read why');
      await mustBeSound();

      must((await rated(page)) === before + (upheld ? 0 : 1), upheld ? 'what was set aside counts' : 'what stands does not count');
      const shownToAll = await page.locator('main').innerText();
      must(shownToAll.includes('已经改进') && !shownToAll.includes('13812345678'), 'what was done is not shown, or with a number');
      for (const text of PERSONAL) must(!shownToAll.includes(text), `everybody reads ${text}`);
      await mustBeSound();

      // Whom the decision went against disputes it: the person here, the agency there.
      await page.goto(here);
      await desk.goto(theirs);
      const ways = [page, desk].map((one) => one.locator('main a[href$="/dispute"]').count());
      must((await Promise.all(ways)).join(' ') === (upheld ? '1 0' : '0 1'), 'the decision is disputed by whom it favours');
      const others = { hotline: hotline.page, unit: parks.page, mustBeSound };
      if (upheld) await disputed(page, here, others);
      else await disputedByAgency(desk, theirs, others);
      must((await rated(page)) === before + (upheld ? 1 : 0), 'the sums do not follow what was found');
      await page.goto(here);
      await mustBeSound();
    });
    world.report.check('ratings at the desk', 'clean', [officer, above, hotline, parks].flatMap(({ troubles }) => troubles()));
  } finally {
    for (const { context } of [officer, above, hotline, parks]) await context.close();
  }
}

// How many ratings of the service everybody sees counted.
async function rated(page) {
  await page.goto(PUBLIC);
  const said = await page.locator('main').innerText();
  return Number(/(\d+) (?:人评价|rated it)/.exec(said)?.[1] ?? 0);
}

async function mustHavePicture(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(link).first().click()]);
  must(!(await file.failure()), 'the picture cannot be had');
}

// Whoever rated reads at once who looked, and why.
async function mustBeOnRecord(page, why) {
  await page.goto('/me/looks');
  must((await page.locator('main').innerText()).includes(why), `the look is not on record: ${why}`);
}
