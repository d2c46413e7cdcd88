// Suggestions while typing, with the keyboard alone.

import { violations } from '../checks/axe.mjs';
import { must, walk } from './walk.mjs';

export async function suggestions(world) {
  await walk(world, 'suggestions', {}, async (page) => {
    await page.goto('/');
    const box = page.locator('form[role="search"] input[name="q"]').first();
    const list = page.locator('[role="listbox"]').first();
    const options = list.locator('[role="option"]');

    await box.click();
    await page.keyboard.type('jiashi', { delay: 30 });
    await list.waitFor({ state: 'visible' });
    await options.first().waitFor({ state: 'visible' });
    must((await box.getAttribute('aria-expanded')) === 'true', 'the box does not say that suggestions are open');
    must(/驾/.test(await list.innerText()), `jiashi suggests ${await list.innerText()}`);
    const broken = await violations(page);
    must(broken.length === 0, `with suggestions open: ${broken.join('; ')}`);

    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    must((await box.getAttribute('aria-expanded')) === 'false', 'the box does not say that suggestions are closed');
    must((await box.inputValue()) !== '', 'the first Escape has emptied the box');

    await box.fill('');
    await page.keyboard.type('jiashi', { delay: 30 });
    await options.first().waitFor({ state: 'visible' });
    await page.keyboard.press('ArrowDown');
    const chosen = await box.getAttribute('aria-activedescendant');
    must(chosen, 'the arrow key chooses nothing');
    const option = page.locator(`[id="${chosen}"]`);
    must((await option.getAttribute('aria-selected')) === 'true', 'the chosen suggestion is not marked as chosen');
    const words = (await option.innerText()).split('\n')[0].trim();
    await Promise.all([page.waitForURL((url) => url.pathname !== '/'), page.keyboard.press('Enter')]);
    const arrived = await page.locator('h1').innerText();
    const there = `${arrived} ${decodeURIComponent(page.url())}`;
    must(there.includes(words), `“${words}” led to “${arrived}”`);
  });

  await walk(world, 'suggestions for words that nothing fits', {}, async (page) => {
    await page.goto('/');
    const box = page.locator('form[role="search"] input[name="q"]').first();
    await box.click();
    const answered = page.waitForResponse((response) => response.url().includes('/search/suggest'));
    await page.keyboard.type('zzzzqqq', { delay: 30 });
    await answered;
    await page.waitForTimeout(300);
    must((await page.locator('[role="option"]:visible').count()) === 0, 'there are suggestions for zzzzqqq');
    await Promise.all([page.waitForURL('**/search?*'), page.keyboard.press('Enter')]);
  });
}
