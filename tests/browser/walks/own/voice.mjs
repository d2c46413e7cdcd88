// What people ask, complain about and report: looked up first, sent with an account and without, given out, dealt with,
// answered and judged; and an answer that everybody can read afterwards.

import { visitor, watched } from '../../browser.mjs';
import { atWork, fill, mustBeAt, mustTellMistakes, press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { act, DESK } from './orders.mjs';
import { tipOff } from './tip-off.mjs';
import { inBothLanguages } from './ways.mjs';

export async function voice(world) {
  const { portal, postBox, register, browser, base } = world;
  const seats = [];
  const sit = async (purpose) => {
    const context = await visitor(browser, base, {});
    const { page, troubles } = await watched(context);
    seats.push({ context, troubles });
    await atWork(page, postBox, portal.staff(purpose));
    return page;
  };
  try {
    const hotline = await sit('answers citizens for the city');
    const parks = await sit('asks applicants for papers');
    const officer = await sit('decides cases of an agency without a system');
    const manager = await sit('confirms what such an officer drafts');
    await inBothLanguages(world, 'a report without an account', async (page, ways) => report(page, { ...ways, hotline, unit: parks, aside: officer }));
    await inBothLanguages(world, 'a tip-off without an account', async (page, ways) => tipOff(page, { ...ways, hotline, unit: parks, aside: officer }));
    await inBothLanguages(world, 'a complaint', async (page, ways) => {
      await complain(page, { ...ways, hotline, unit: officer, person: portal.person(register.pensioner.name) });
    });
    await inBothLanguages(world, 'a question, and its answer for everybody', async (page, ways) => {
      await ask(page, { ...ways, hotline, unit: officer, second: manager, person: portal.person(register.parent.name) });
    });
    world.report.check('what people write, at the desks', 'clean', seats.flatMap(({ troubles }) => troubles()));
  } finally {
    for (const { context } of seats) await context.close();
  }
}

// A bench in a park, with a picture, by somebody who has no account and wants to know how it goes on.
async function report(page, { hotline, unit, aside, mustBeSound }) {
  await page.goto('/voice');
  await mustBeSound();
  await page.locator('#voice-q').fill('公园长椅坏了');
  await press(page.locator('main form[role="search"] button'));
  must((await page.locator('main ul.services > li').count()) > 0, 'what is looked up is not answered first');
  must((await page.locator('main a[href^="/voice/report/guest"]').count()) === 1, 'there is no way to a person');
  await mustBeSound();

  const picture = await page.screenshot();
  await page.goto('/voice/report/guest?asset=CY-0312');
  must((await page.locator('main [name="place"]').inputValue()).length > 5, 'where the bench stands is not filled in');
  await mustBeSound();
  await send(page);
  await mustTellMistakes(page, ['title', 'text', 'elsewhere-here']);
  await mustBeSound();
  await fill(page, { title: '长椅断了一条腿', text: '坐下去会翻，有老人差点摔倒。我叫林小满，电话13812345678。' });
  await page.locator('#elsewhere-here').check();
  await page.locator('#picture').setInputFiles({ name: 'bench.png', mimeType: 'image/png', buffer: picture });
  await send(page);
  must((await page.locator('main code').count()) === 2, 'number and code are not shown');
  const [number, code] = await page.locator('main code').allInnerTexts();
  await mustBeSound();

  const progress = async (secret) => {
    await page.goto('/voice/progress');
    await fill(page, { number, code: secret });
    await send(page);
  };
  await progress('AAAA-AAAA-AAAA');
  await mustTellMistakes(page, ['code'], { number });
  await mustBeSound();
  await progress(code);
  must((await page.locator('main ol.timeline > li').count()) === 1, 'it does not say that it came in');
  must((await page.locator('main [name="verdict"]').count()) === 0, 'what is not answered can be judged');
  await mustBeSound();

  // The city's desk gives it to whoever looks after parks; nobody else finds it.
  const there = `${DESK}/${number}`;
  await hotline.goto(DESK);
  await mustBeSound(hotline);
  await press(hotline.locator(`main a[href="${there}"]`));
  await mustBeSound(hotline);
  const photo = hotline.locator('main a[href*="/photos/"]').first();
  const [file] = await Promise.all([hotline.waitForEvent('download'), photo.click()]);
  must(!(await file.failure()), 'the picture cannot be had');
  await act(hotline, there, 'dispatch', { untouched: mustBeSound });
  await unit.goto(DESK);
  await mustBeSound(unit);
  must((await aside.goto(there)).status() === 404, 'another agency reads it');
  await act(unit, there, 'take', {});
  await unit.goto(there);
  await mustBeSound(unit);
  await unit.goto(`${there}/do/reply`);
  await send(unit);
  await mustTellMistakes(unit, ['words']);
  await mustBeSound(unit);
  await act(unit, there, 'reply', { words: '长椅已经换新，谢谢您。' });
  await mustBeSound(unit);

  await progress(code);
  must((await page.locator('main').innerText()).includes('长椅已经换新'), 'the answer is not shown');
  await mustBeSound();
  await press(page.locator('main form[action="/voice/progress/judge"] button'));
  must((await page.locator('main .errors').count()) === 1, 'that nothing was chosen is not said');
  await mustBeSound();
  await page.locator('#verdict-satisfied').check();
  await press(page.locator('main form[action="/voice/progress/judge"] button'));
  must((await page.locator('main .notice.ok').count()) === 1, 'that it was heard is not said');
  must((await page.locator('main [name="verdict"]').count()) === 0, 'one can judge it twice');
  await mustBeSound();
}

// About an office, by somebody who is signed in and not satisfied with the first answer.
async function complain(page, { hotline, unit, person, turn, mustBeSound }) {
  await page.goto('/voice/complaint/new?service=YZ27007');
  mustBeAt(page, '/sign-in', 'a complaint without being signed in');
  await signIn(page, person, '/voice/complaint/new?service=YZ27007');
  await mustBeSound();
  await send(page);
  await mustTellMistakes(page, ['title', 'text', 'secret-no', 'elsewhere-here']);
  await fill(page, { title: '窗口让我跑了三趟', text: '每次都说还差一份材料。' });
  // What others deal with by law is said, and what was typed stays.
  await page.locator('#secret-no').check();
  await page.locator('#elsewhere-court').check();
  await send(page);
  await mustTellMistakes(page, ['elsewhere-here'], { title: '窗口让我跑了三趟' });
  must((await page.locator('main .notice.warn').count()) === 1, 'where to go instead is not said');
  await mustBeSound();
  await page.locator('#elsewhere-here').check();
  if (turn % 2 === 1) await page.locator('#secret-yes').check();
  await send(page);
  const mine = new URL(page.url()).pathname;
  must(mine.startsWith('/me/voice/'), `sent, at ${page.url()}`);
  await mustBeSound();
  const number = mine.split('/').at(-1);
  const there = `${DESK}/${number}`;
  await page.goto('/me/voice');
  must((await page.locator(`main a[href="${mine}"]`).count()) === 1, 'it is not in the list of one’s own');
  await mustBeSound();

  await act(hotline, there, 'dispatch', { lead: 'government-services' });
  const deal = async (words) => {
    await act(unit, there, 'take', {});
    await act(unit, there, 'reply', { words });
  };
  await unit.goto(there);
  await mustBeSound(unit);
  const read = await unit.locator('main').innerText();
  must(!read.includes(person.name), 'who wrote is shown before anybody asked');
  must((await unit.locator('form[action$="/contact"]').count()) === (turn % 2 === 1 ? 0 : 1), 'the name of a secret complaint can be asked for');
  if (turn % 2 === 0) {
    await unit.locator('main details summary').first().click();
    await unit.locator('form[action$="/contact"] input[type="text"]').fill('核实是哪个窗口');
    await press(unit.locator('form[action$="/contact"] button'));
    must((await unit.locator('main').innerText()).includes(person.name), 'the name that was asked for is not shown');
    await mustBeSound(unit);
  }
  await deal('已经对窗口进行培训。');

  await page.goto(mine);
  await page.locator('#verdict-dissatisfied').check();
  await page.locator('main form[action$="/judge"] textarea').fill('没有说什么时候能办好');
  await press(page.locator('main form[action$="/judge"] button'));
  must((await page.locator('main .notice.ok').count()) === 1, 'that it was heard is not said');
  await mustBeSound();
  await unit.goto(`${DESK}?show=late`);
  await unit.goto(there);
  must((await unit.locator('main').innerText()).includes('没有说什么时候能办好'), 'the unit does not read what is not solved');
  must((await unit.locator('main .tag.danger').count()) >= 1, 'it is not supervised');
  await mustBeSound(unit);
  await deal('请明天上午来，一次办好。');
  // The desk asks back, and the person says it once more.
  await act(hotline, there, 'visit', { words: '电话没有人接' }, 'unreached');
  await mustBeSound(hotline);
  await page.goto(mine);
  must((await page.locator('main').innerText()).includes('一次办好'), 'the second answer is not shown');
  must(!(await page.locator('main').innerText()).includes('没有人接'), 'what staff note for themselves is shown');
  await mustBeSound();
}

// A question; its answer is written down for everybody by one and published by another.
async function ask(page, { hotline, unit, second, person, mustBeSound }) {
  const mark = Math.random().toString(36).slice(2, 8);
  await signIn(page, person, '/voice/consultation/new?service=YZ27007');
  await mustBeSound();
  await fill(page, { title: `申请公开要多久 ${mark}`, text: `我叫林小满，电话13812345678，申请政府信息公开要多久？${mark}` });
  await page.locator('#elsewhere-here').check();
  await send(page);
  const number = new URL(page.url()).pathname.split('/').at(-1);
  const there = `${DESK}/${number}`;
  await act(hotline, there, 'dispatch', { lead: 'government-services' });
  await act(unit, there, 'take', {});
  await act(unit, there, 'reply', { words: '二十个工作日。' });
  await press(unit.locator(`main a[href="${there}/answer"]`));
  const question = await unit.locator('#question').inputValue();
  must(question.includes(mark) && !question.includes('13812345678') && !question.includes('林小满'), `the draft tells who asked: ${question}`);
  await mustBeSound(unit);
  await send(unit);
  mustBeAt(unit, `${DESK}/answers`, 'after drafting');
  const draft = (seat) => seat.locator('main li.line', { hasText: mark });
  must((await draft(unit).locator('button[value="publish"]').count()) === 0, 'one can publish one’s own draft');
  await mustBeSound(unit);
  await second.goto(`${DESK}/answers`);
  await mustBeSound(second);
  await press(draft(second).locator('button[value="publish"]'));
  must((await second.locator('main .notice.ok').count()) === 1, 'publishing is not confirmed');
  await mustBeSound(second);

  await page.goto('/voice');
  await page.locator('#voice-q').fill('政府信息公开');
  await press(page.locator('main form[role="search"] button'));
  must((await page.locator('main details', { hasText: mark }).count()) === 1, 'the published answer is not found');
  await mustBeSound();
  await page.goto('/voice/answers?q=政府信息公开');
  await page.locator('main details summary', { hasText: mark }).click();
  const said = await page.locator('main').innerText();
  must(said.includes('二十个工作日') && !said.includes('13812345678'), 'the published answer is not there, or with a number');
  await mustBeSound();
}
