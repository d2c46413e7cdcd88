// What is looked at inside the page. Each function is sent to the browser whole, so it uses nothing around it.

// Headings and links as a visitor sees them.
export function outline() {
  const words = (element) => element.textContent.replace(/\s+/g, ' ').trim();
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const visible = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  return {
    headings: visible('h1, h2, h3, h4, h5, h6').map((heading) => `${heading.localName} ${words(heading)}`),
    links: visible('a[href]').map((link) => `${words(link)} → ${link.getAttribute('href')}`),
  };
}

// The plain facts about a page.
export function facts() {
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  return {
    lang: document.documentElement.lang,
    large: document.documentElement.dataset.mode === 'large',
    title: document.title.trim(),
    headings: [...document.querySelectorAll('h1')].filter((heading) => heading.checkVisibility()).length,
    text: `${document.title}\n${document.body.innerText}`,
    attributes: [...document.querySelectorAll('[aria-label], [placeholder], [title], [alt], meta[content]')].flatMap(
      (element) => ['aria-label', 'placeholder', 'title', 'alt', 'content'].map((name) => element.getAttribute(name)),
    ).filter(Boolean).join('\n'),
    twice: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))],
    lost: [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href'))
      .filter((target) => target !== '#' && !ids.includes(decodeURIComponent(target.slice(1)))),
    inside: [...document.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute('href').split('#')[0]),
  };
}

// What sticks out to the right, if the page can be scrolled sideways.
export function wide() {
  const room = document.documentElement.clientWidth;
  const scroller = document.scrollingElement;
  const sideways = Math.max(scroller.scrollWidth, document.body.scrollWidth);
  if (sideways <= room) return [];
  const name = (element) => {
    const id = element.id && `#${element.id}`;
    const classes = [...element.classList].map((word) => `.${word}`).join('');
    return `${element.localName}${id}${classes}`;
  };
  const boxed = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== 'visible') return true;
    }
    return false;
  };
  const out = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > room + 1 && !boxed(element),
  );
  const deepest = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
  const names = [...new Set(deepest.map(name))].slice(0, 4).join(', ');
  return [`${sideways} px wide at ${room} px; sticking out: ${names || 'unknown'}`];
}

// Chinese text on a page in another language that is not marked as Chinese: a screen reader would spell it.
// What the visitor has typed is in no known language.
export function unmarked() {
  const typed = new URLSearchParams(location.search).get('q');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Map();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = typed ? node.data.replaceAll(typed, '') : node.data;
    if (!/\p{Script=Han}/u.test(text) || element.closest('script, style, template, textarea')) continue;
    if (!element.closest('[lang]').lang.startsWith('zh')) {
      const way = `${element.parentElement.localName}${element.parentElement.className && `.${element.parentElement.className}`} > ${element.localName}${element.className && `.${element.className}`}`;
      if (!found.has(way)) found.set(way, node.data.trim().slice(0, 30));
    }
  }
  return [...found].map(([way, text]) => `${way}: “${text}”`);
}

// Dates that say another day than they carry for machines.
export function misdated() {
  const english = document.documentElement.lang === 'en';
  return [...document.querySelectorAll('time[datetime]')].flatMap((time) => {
    const day = new Date(`${time.dateTime.slice(0, 10)}T00:00:00Z`);
    const said = english
      ? day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
      : `${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
    const clock = time.dateTime.slice(11, 16);
    const right = time.textContent.includes(said) && time.textContent.includes(clock);
    return right ? [] : [`“${time.textContent.trim()}” stands for ${time.dateTime}`];
  });
}
