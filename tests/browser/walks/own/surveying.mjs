// A survey: put together and published at the desk, answered by somebody with their name, seen in the totals; one that asks for a file.

import { visitor, watched } from '../../browser.mjs';
import { atWork, fill, mustBeAt, press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const DESK = '/agency/surveys';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n');

export async function surveying(world) {
  const { portal, postBox, register, browser, base } = world;
  const context = await visitor(browser, base, {});
  const { page: desk, troubles } = await watched(context);
  await atWork(desk, postBox, portal.staff('confirms what such an officer drafts'));
  try {
    await inBothLanguages(world, 'a survey', async (page, { mustBeSound }) => {
      const title = `试一试 ${Math.random().toString(36).slice(2, 8)}`;
      const here = await design(desk, title, mustBeSound);
      await page.goto('/surveys');
      await press(page.locator('main a', { hasText: title }));
      const there = new URL(page.url()).pathname;
      must(there === here.replace('/agency', ''), `the survey is at ${there}, not where the desk says`);
      await mustBeSound();
      await press(page.locator('main .buttons a.large'));
      mustBeAt(page, '/sign-in', 'answering without being signed in');
      await signIn(page, portal.person(register.pensioner.name), `${there}/answer`);
      mustBeAt(page, `${there}/answer`, 'after signing in');
      await mustBeSound();
      await page.locator('textarea[name="q2"]').fill('早一点');
      await send(page);
      must((await page.locator('.errors a[href^="#q1"]').count()) === 1, 'the question that must be answered is not named');
      must((await page.locator('.errors a[href="#survey-name-named"]').count()) === 1, 'whether with a name is not asked');
      must((await page.locator('textarea[name="q2"]').inputValue()) === '早一点', 'what was typed is lost');
      await mustBeSound();
      await page.locator('input[name="q1"]').first().check();
      await page.locator('#survey-name-named').check();
      await send(page);
      mustBeAt(page, there, 'after answering');
      must((await page.locator('main .notice.ok').count()) === 1, 'that it is sent is not said');
      await mustBeSound();

      await desk.goto(here);
      must((await desk.locator('main tbody td').first().innerText()) === '1', 'the answer is not counted');
      await mustBeSound(desk);
      await press(desk.locator(`main a[href="${here}/answers"]`));
      must((await desk.locator('main').innerText()).includes('早一点'), 'the answer cannot be read');
      await mustBeSound(desk);
      await page.goto('/me/looks');
      must((await page.locator('main').innerText()).includes(title), 'that it was read is not on record');
    });
    await inBothLanguages(world, 'a survey that asks for a file', async (page, { mustBeSound }) => {
      const here = await designWithFile(desk, `拍一拍 ${Math.random().toString(36).slice(2, 8)}`);
      const there = here.replace('/agency', '');
      const put = async (name, mimeType, buffer) => {
        await page.locator('#f-q2').setInputFiles({ name, mimeType, buffer });
        await press(page.locator('main form[action$="/q2/add"] button'));
      };
      await signIn(page, portal.person(register.pensioner.name), there);
      await press(page.locator('main .buttons a.large'));
      mustBeAt(page, `${there}/files`, 'files come first');
      await mustBeSound();
      await press(page.locator('main form button.large'));
      must((await page.locator('.errors a[href="#p-q2"]').count()) === 1, 'the file that must be there is not named');
      await mustBeSound();
      await put('脚本.pdf', 'application/pdf', Buffer.from('<script>alert(1)</script>'));
      must((await page.locator('.field-error').count()) === 1, 'what is no document is taken');
      await mustBeSound();
      await put('清单.pdf', 'application/pdf', PDF);
      must((await page.locator('main a[download]').count()) === 1, 'the file is not there');
      await mustBeSound();
      await press(page.locator('main form button.large'));
      mustBeAt(page, `${there}/answer`, 'with the file');
      await mustBeSound();
      await page.locator('input[name="q1"]').first().check();
      await send(page);
      mustBeAt(page, there, 'after answering');
      must((await page.locator('main .notice.ok').count()) === 1, 'that it is sent is not said');
      await page.goto(`${there}/files`);
      await press(page.locator('main form[action$="/q2/remove"] button'));
      must((await page.locator('.errors a[href="#p-q2"]').count()) === 1, 'a file that the answer must have is taken away');
      await mustBeSound();

      await desk.goto(`${here}/answers`);
      await mustBeSound(desk);
      const [file] = await Promise.all([desk.waitForEvent('download'), desk.locator('main a[download]').click()]);
      must(file.suggestedFilename() === '清单.pdf', `the file is called ${file.suggestedFilename()}`);
      must(!(await file.failure()), 'the file cannot be had');
    });
    await inBothLanguages(world, 'a survey without signing in', async (page, { mustBeSound }) => {
      await page.goto('/surveys');
      const doors = await page.locator('main .lines a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      let open = false;
      for (const door of doors) {
        await page.goto(door);
        open = (await page.locator('main .buttons a[href$="/guest"]').count()) === 1;
        if (open) break;
      }
      must(open, 'there is no survey that anybody can answer');
      await press(page.locator('main .buttons a[href$="/guest"]'));
      await mustBeSound();
      await page.locator('input[name="q1"]').nth(1).check();
      await send(page);
      must((await page.locator('main .notice.ok').count()) === 1, 'that it is sent is not said');
      await mustBeSound();
    });
    world.report.check('a survey at the desk', 'clean', troubles());
  } finally {
    await context.close();
  }
}

// The same with a question for a file, under names.
async function designWithFile(desk, title) {
  await desk.goto(`${DESK}/new`);
  await desk.locator('select[name="agency"]').selectOption('government-services');
  await fill(desk, { title_zh: title, lead_zh: '试一试怎么传。' });
  await fill(desk, { closes: await desk.locator('input[name="opens"]').inputValue() });
  await desk.locator('input[name="who"][value="signed-in"]').check();
  await desk.locator('input[name="names"][value="named"]').check();
  await send(desk);
  const here = new URL(desk.url()).pathname;
  for (const [asked, label, choices] of [['one', '好用吗？', '好用 | Yes\n不好用 | No'], ['file', '您的清单', '']]) {
    await desk.goto(`${here}/questions/new`);
    await fill(desk, { label_zh: label, choices });
    await desk.locator(`input[name="asked"][value="${asked}"]`).check();
    await desk.locator('input[name="required"]').check();
    await send(desk);
    mustBeAt(desk, here, `asking ${label}`);
  }
  await press(desk.locator('main button[value="publish"]'));
  mustBeAt(desk, here, 'publishing');
  return here;
}

// Puts a survey together and publishes it. Where it is at the desk.
async function design(desk, title, mustBeSound) {
  await desk.goto(`${DESK}/new`);
  await desk.locator('select[name="agency"]').selectOption('government-services');
  await fill(desk, { title_zh: title, lead_zh: '试一试怎么用。', closes: '2000-01-01' });
  await desk.locator('input[name="who"][value="signed-in"]').check();
  await desk.locator('input[name="names"][value="choice"]').check();
  await send(desk);
  must((await desk.locator('.errors a[href="#closes"]').count()) === 1, 'a last day in the past is taken');
  await mustBeSound(desk);
  await fill(desk, { closes: await desk.locator('input[name="opens"]').inputValue() });
  await send(desk);
  const here = new URL(desk.url()).pathname;
  must(here.startsWith(`${DESK}/`) && !here.endsWith('/new'), `begun, at ${desk.url()}`);
  await mustBeSound(desk);
  for (const [asked, label, choices] of [['one', '好用吗？', '好用 | Yes\n不好用 | No'], ['long', '还有呢？', '']]) {
    await press(desk.locator(`main a[href="${here}/questions/new"]`));
    await fill(desk, { label_zh: label, choices });
    await desk.locator(`input[name="asked"][value="${asked}"]`).check();
    if (asked === 'one') await desk.locator('input[name="required"]').check();
    await send(desk);
    mustBeAt(desk, here, `asking ${label}`);
  }
  await mustBeSound(desk);
  await press(desk.locator(`main a[href="${here}/preview"]`));
  await mustBeSound(desk);
  await desk.goto(here);
  await press(desk.locator('main button[value="publish"]'));
  mustBeAt(desk, here, 'publishing');
  must((await desk.locator('main a', { hasText: '/surveys/' }).count()) === 1, 'the public address is not said');
  return here;
}
