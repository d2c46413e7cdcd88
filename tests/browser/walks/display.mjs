// The form for language, text size and appearance.

import { press } from '../people.mjs';
import { must, mustLook, walk } from './walk.mjs';

export async function display(world) {
  for (const javaScriptEnabled of [true, false]) {
    const name = `display form ${javaScriptEnabled ? 'with' : 'without'} script`;
    await walk(world, name, { javaScriptEnabled }, async (page) => {
      await page.goto('/services/YZ02022');
      await press(page.locator('footer a[href^="/display"]'));
      const form = page.locator('main form[method="post"]');
      for (const [field, value] of [['lang', 'en'], ['mode', 'large'], ['theme', 'dark']]) {
        const choice = form.locator(`input[name="${field}"][value="${value}"]`);
        const label = page.locator(`label[for="${await choice.getAttribute('id')}"]`);
        await label.click();
        must(await choice.isChecked(), `clicking the label of ${field} ${value} does not choose it`);
      }
      await press(form.locator('button[type="submit"]'));
      must(new URL(page.url()).pathname === '/services/YZ02022', `saving led to ${page.url()}`);
      await mustLook(page, 'en large dark', 'after saving');
      await page.goto('/agencies');
      await mustLook(page, 'en large dark', 'on the next page');
      await page.goto('/display');
      for (const [field, value] of [['lang', 'en'], ['mode', 'large'], ['theme', 'dark']]) {
        const chosen = page.locator(`main form[method="post"] input[name="${field}"][value="${value}"]`);
        must(await chosen.isChecked(), `the form does not show that ${field} is ${value}`);
      }
    });
  }
}
