// Someone without a mouse: the skip link, the search box, and always seeing where one is.

import { must, walk } from './walk.mjs';

export async function keyboard(world) {
  await walk(world, 'skip link', {}, async (page) => {
    await page.goto('/services/YZ02022');
    await page.keyboard.press('Tab');
    const first = page.locator(':focus');
    must((await first.getAttribute('href')) === '#main', 'the first Tab does not reach the skip link');
    must(await inSight(first), 'the skip link is not in sight when it has the focus');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => document.querySelector('main').contains(document.activeElement));
    must(inside, 'after the skip link, Tab does not go on inside the content');
  });

  await walk(world, 'searching by keyboard', {}, async (page) => {
    await page.goto('/');
    const box = () => page.evaluate(() => document.activeElement.matches('form[role="search"] input[name="q"]'));
    for (let presses = 0; presses < 30 && !(await box()); presses += 1) await page.keyboard.press('Tab');
    must(await box(), 'Tab does not reach the search box');
    await page.keyboard.type('居住证');
    await Promise.all([page.waitForURL('**/search?*'), page.keyboard.press('Enter')]);
    must(new URL(page.url()).searchParams.get('q') === '居住证', 'Enter did not search for what was typed');
    must((await page.locator('main a[href^="/services/"]').count()) > 0, 'nothing was found for 居住证');
  });

  for (const [path, options] of [
    ['/', {}],
    ['/services/YZ02022', {}],
    ['/search?q=驾照', {}],
    ['/display', {}],
    ['/', { colorScheme: 'dark' }],
    ['/services/YZ02022', { viewport: { width: 390, height: 844 } }],
  ]) {
    const how = options.colorScheme ?? (options.viewport ? 'phone' : 'desktop');
    await walk(world, `visible focus on ${path} (${how})`, options, (page) => mustShowFocus(page, path));
  }
}

// Goes through the whole page with Tab and looks at each stop.
export async function mustShowFocus(page, path) {
  await page.goto(path);
  const problems = new Set();
  const seen = new Set();
  for (let stop = 0; stop < 120; stop += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(stopFacts);
    // The end of the page, or round again.
    if (focus === undefined || seen.has(focus.key)) break;
    seen.add(focus.key);
    if (!focus.marked) problems.add(`${focus.name} shows no focus`);
    if (focus.covered) problems.add(`${focus.name} has the focus but is covered by ${focus.covered}`);
  }
  must(seen.size > 5, `only ${seen.size} places can be reached by Tab`);
  must(problems.size === 0, [...problems].slice(0, 5).join('; '));
}

function stopFacts() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return undefined;
  const name = (it) => `${it.localName}${it.id && `#${it.id}`}${[...it.classList].map((word) => `.${word}`).join('')}`;
  const mark = (it, part) => {
    const style = getComputedStyle(it, part);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    return outline ? 'outline' : style.boxShadow;
  };
  // The mark may sit on the box around a control, or on one that a link is stretched over.
  const marks = () => [element, element.parentElement].flatMap((it) => [null, '::before', '::after'].map((part) => mark(it, part)));
  const focused = marks();
  element.blur();
  const plain = marks();
  element.focus({ preventScroll: true });
  const marked = focused.some((now, at) => now !== 'none' && now !== plain[at]);
  // A link that wraps has several boxes; one in sight is enough.
  const boxes = [...element.getClientRects()];
  const hits = boxes.map((box) => document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
  const free = hits.some((hit) => hit && (element.contains(hit) || hit.contains(element) || hit.closest('label')?.control === element));
  const all = [...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')];
  return {
    key: all.indexOf(element),
    name: name(element),
    marked,
    covered: free ? '' : (hits[0] ? name(hits[0]) : 'the edge of the window'),
  };
}

function inSight(locator) {
  return locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight;
  });
}
