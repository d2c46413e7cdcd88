// Documents and dates: fetched from their issuers, shown to somebody, written down, reminded of, put into a calendar.

import { entries } from '../../calendars.mjs';
import { fill, mustBeAt, press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

export async function dates(world) {
  const { portal, register, browser, base } = world;
  await inBothLanguages(world, 'documents and dates', async (page, { mustBeSound }) => {
    const mark = Math.random().toString(36).slice(2, 8);
    await page.goto('/me/wallet');
    mustBeAt(page, '/sign-in', 'looking at documents without being signed in');
    await signIn(page, portal.person(register.pensioner.name), '/me/wallet');
    mustBeAt(page, '/me/wallet', 'after signing in');
    await press(page.locator('form[action="/me/wallet/fetch"] button'));
    must((await page.locator('main .notice.ok').count()) > 0, 'that it was asked is not said');
    must((await page.locator('main .lines .line').count()) > 2, 'nothing was fetched');
    await mustBeSound();

    await press(page.locator('main .lines a.line-name').first());
    const document = new URL(page.url()).pathname;
    await mustBeSound();
    await press(page.locator('button[value="screen"]'));
    const code = (await page.locator('.big-code').innerText()).trim();
    await mustBeSound();
    const verifier = await (await browser.newContext({ baseURL: base })).newPage();
    await verifier.goto(`/verify/${code}`);
    must((await verifier.locator('main dl.facts .fact').count()) > 3, 'whoever checks the code is told nothing');
    await press(page.locator('form[action$="/end"] button'));
    must(page.url().endsWith(`${document}?said=ended`), `ended, at ${page.url()}`);
    must((await verifier.goto(`/verify/${code}`)).status() === 404, 'a code that was ended goes on proving');
    await verifier.context().close();
    await press(page.locator('button[value="paper"]'));
    must((await page.locator('img.scan').count()) === 1, 'there is nothing to scan');
    await mustBeSound();

    await page.goto('/me/wallet/add');
    await send(page);
    must((await page.locator('.errors a[href="#kind"]').count()) === 1, 'that nothing was chosen is not said');
    await mustBeSound();
    await page.locator('main select[name="kind"]').selectOption('other');
    await fill(page, { name: '健身卡', number: mark, issued: '2026-01-01', expires: '2035-12-31' });
    await send(page);
    must((await page.locator('main .notice.ok').count()) === 1, 'that it is kept is not said');
    await mustBeSound();
    await press(page.locator('form[action$="/discard"] button'));
    mustBeAt(page, '/me/wallet', 'after removing it');

    await page.goto('/me/reminders');
    await mustBeSound();
    await fill(page, { words: mark, due: '2034-12-31', plan: 'soon' });
    await press(page.locator('form[action="/me/reminders"] button'));
    must((await page.locator('.errors a[href="#plan"]').count()) === 1, 'wrong days are not named');
    must((await page.locator('input[name="words"]').inputValue()) === mark, 'what was typed is lost');
    await mustBeSound();
    await fill(page, { plan: '30, 7' });
    await press(page.locator('form[action="/me/reminders"] button'));
    await press(page.locator('form[action="/me/reminders/calendar"] button'));
    const address = new URL(await page.locator('#address').inputValue()).pathname;
    const feed = await page.request.get(address);
    must(feed.ok(), 'the calendar cannot be fetched');
    const date = entries(await feed.text()).find((entry) => entry.summary === mark);
    must(date?.day === '2034-12-31' && date.allDay, `in a calendar the date is ${JSON.stringify(date)}`);
    await mustBeSound();
    await press(page.locator('form[action="/me/reminders/calendar/end"] button'));
    must((await page.request.get(address)).status() === 404, 'a calendar that was ended can be fetched');
    await press(page.locator('main .lines a.line-name', { hasText: mark }));
    await mustBeSound();
    await page.locator('input[name="mute"]').check();
    await send(page);
    must((await page.locator('main .notice.ok').count()) === 1, 'that it is saved is not said');
    await press(page.locator('form[action$="/forget"] button'));
    mustBeAt(page, '/me/reminders', 'after removing the date');

    await page.goto('/me/notices');
    await mustBeSound();
    await page.goto('/me/notices/choices');
    await page.locator('input[name="dates"][value="email"]').check();
    await send(page);
    mustBeAt(page, '/me/notices', 'after choosing');
    await mustBeSound();

    await page.goto('/agencies/weather');
    await press(page.locator('main a[href="/me/notices/follow/weather"]'));
    const weather = page.locator('input[name="agency"][value="weather"]');
    must(await weather.isChecked(), 'the agency is not offered');
    await mustBeSound();
    await page.locator('input[name="district"]').first().check();
    await send(page);
    mustBeAt(page, '/me/notices/follow', 'after following');
    must(await weather.isChecked(), 'the agency is not followed');
    await weather.uncheck();
    await send(page);
    must((await weather.count()) === 0, 'an agency that is followed no more is shown');
  });
}
