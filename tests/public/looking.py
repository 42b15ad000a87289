"""What a browser is asked about a page that axe does not ask: each gives a list of lines, empty if all is well."""

from __future__ import annotations

_SHOWN = """
const shown = e => { const b = e.getBoundingClientRect();
  return e.checkVisibility({visibilityProperty: true}) && b.width > 1 && b.height > 1; };
const name = e => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''} `
  + (e.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 50);
const unseen = e => { for (let n = e; n && n !== document.body; n = n.parentElement) {
  if (n.clientWidth <= 1 && getComputedStyle(n).position === 'absolute') { return true; } } return false; };
const texts = root => { const found = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) { found.push(n); } return found; };
const inPicture = e => e.closest('svg, [data-karta]');
"""

_COLOUR = """
const rgb = s => { const m = s.match(/[\\d.]+/g); return m && s.startsWith('rgb') ? m.map(Number) : null; };
const light = c => { const f = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
  return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
const solid = c => c && (c.length < 4 || c[3] === 1);
const ground = e => { for (let n = e; n; n = n.parentElement) { const c = rgb(getComputedStyle(n).backgroundColor);
  if (solid(c)) { return c; } } return [255, 255, 255]; };
"""

NAMES = f"""() => {{ {_SHOWN}
  const words = s => s.toLowerCase().normalize('NFC').replace(/[^\\p{{L}}\\p{{N}}]+/gu, ' ').trim();
  const read = e => texts(e).filter(n => !n.parentElement.closest('[aria-hidden=true]') && shown(n.parentElement)
    && !unseen(n.parentElement)).map(n => n.data).join('');
  const found = [];
  for (const e of document.querySelectorAll('a, button, summary, [role=link], [role=button], [role=tab]')) {{
    const by = (e.getAttribute('aria-labelledby') || '').split(' ').map(i => document.getElementById(i));
    const said = e.getAttribute('aria-label') || by.map(n => n ? n.textContent : '').join(' ').trim();
    if (!said || !shown(e)) {{ continue; }}
    if (!words(said).includes(words(read(e)))) {{ found.push(`${{said}} <- ${{read(e)}}`); }}
  }}
  return found; }}"""
"""WCAG 2.5.3: what is seen in a link or button is part of its name. (axe has the rule, but not switched on.)"""

TARGETS = f"""() => {{ {_SHOWN}
  const found = [];
  for (const e of document.querySelectorAll('a[href], button, summary, input, select, [role=link], [role=button]')) {{
    if (!shown(e) || unseen(e) || e.closest('.leaflet-tooltip')) {{ continue; }}
    const box = (e.labels && getComputedStyle(e).opacity === '0' ? e.labels[0] : e).getBoundingClientRect();
    if (box.width >= 23.95 && box.height >= 23.95) {{ continue; }}
    let block = e.parentElement;
    while (block && getComputedStyle(block).display.startsWith('inline')) {{ block = block.parentElement; }}
    const links = [...block.querySelectorAll('a')].reduce((s, a) => s.replace(a.textContent, ' '), block.textContent);
    const sentence = getComputedStyle(e).display === 'inline' && /\\p{{L}}{{2,}}/u.test(links);
    // An area of a map has a link of full size in the table beside it: an equivalent.
    const map = e instanceof SVGElement && [...document.querySelectorAll('main td a, main th a')].some(a =>
      shown(a) && (e.href ? a.getAttribute('href') === e.href.baseVal
        : a.textContent.trim() === e.getAttribute('aria-label').split(':')[0]));
    if (!sentence && !map) {{ found.push(`${{name(e)}} ${{box.width.toFixed(0)}}x${{box.height.toFixed(0)}}`); }}
  }}
  return found; }}"""
"""WCAG 2.5.8 without its exception for spacing: 24 x 24 pixels, but for links in running text and areas
of a map whose table has the same link."""

LOST = f"""() => {{ {_SHOWN}
  const found = [], lines = [];
  for (const node of texts(document.body)) {{
    const e = node.parentElement;
    if (!node.data.trim() || inPicture(e) || !shown(e) || unseen(e) || e.closest('option')) {{ continue; }}
    const range = document.createRange(); range.selectNodeContents(node);
    for (const box of range.getClientRects()) {{
      if (box.width < 1) {{ continue; }}
      for (let n = e; n !== document.body; n = n.parentElement) {{
        const style = getComputedStyle(n), edge = n.getBoundingClientRect();
        if (style.overflow === 'visible' || style.display === 'inline' || unseen(n)) {{ continue; }}
        if (box.right > edge.right + 1 || box.bottom > edge.bottom + 3 || box.left < edge.left - 1) {{
          found.push(`cut: ${{node.data.trim().slice(0, 40)}} by ${{name(n)}}`); break; }}
      }}
      if (box.right > innerWidth + 1) {{ found.push(`outside: ${{node.data.trim().slice(0, 40)}}`); }}
      const h = box.height * .3;
      lines.push([box.left + 1, box.top + h, box.right - 1, box.bottom - h, node]);
    }}
  }}
  lines.sort((a, b) => a[1] - b[1]);
  for (let i = 0; i < lines.length; i++) {{
    for (let j = i + 1; j < lines.length && lines[j][1] < lines[i][3]; j++) {{
      const [a, b] = [lines[i], lines[j]];
      if (a[4] !== b[4] && a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]) {{
        found.push(`on each other: ${{a[4].data.trim().slice(0, 30)}} / ${{b[4].data.trim().slice(0, 30)}}`); }}
    }}
  }}
  for (const e of document.querySelectorAll('body *')) {{
    const how = getComputedStyle(e).overflowX;
    if ((how === 'auto' || how === 'scroll') && e.scrollWidth > e.clientWidth + 1) {{ found.push(`scrolls: ${{name(e)}}`); }}
  }}
  return [...new Set(found)]; }}"""
"""Text that is cut, lies outside or upon other text, and boxes that must be scrolled sideways."""

CONTRAST = f"""targets => {{ {_SHOWN} {_COLOUR}
  const found = [];
  for (const target of targets) {{
    const e = document.querySelector(target), style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const svg = e instanceof SVGElement, own = rgb(svg ? style.fill : style.color);
    let back = [ground(e)];
    if (svg) {{
      // The halo around the letters, else what is painted beneath: any of the grounds of the picture.
      const halo = rgb(style.stroke), fills = [...e.closest('svg').querySelectorAll('path, rect, circle')]
        .filter(n => !(n.compareDocumentPosition(e) & 2)).filter(n => {{
          const b = n.getBoundingClientRect(), t = e.getBoundingClientRect();
          return b.left < t.right && t.left < b.right && b.top < t.bottom && t.top < b.bottom; }})
        .map(n => getComputedStyle(n)).filter(c => parseFloat(c.fillOpacity) > .5).map(c => rgb(c.fill));
      back = halo && style.paintOrder.startsWith('stroke') ? [halo] : [ground(e.closest('svg')), ...fills.filter(solid)];
    }}
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    // What is painted last lies on top: the nearest ground is the last.
    if (own && ratio(own, back[back.length - 1]) < least) {{
      found.push(`${{name(e)}}: ${{ratio(own, back[back.length - 1]).toFixed(2)}}`); }}
  }}
  return found; }}"""
"""The contrast of the nodes that axe leaves to a human: text in pictures, and text beside them."""

FOCUS = f"""() => {{ {_SHOWN} {_COLOUR}
  const found = [], stops = [...document.querySelectorAll('a[href], button, summary, input, select, [tabindex="0"]')];
  for (const e of stops) {{
    if (e.tabIndex > 0) {{ found.push(`out of order: ${{name(e)}}`); }}
    if (!shown(e) || e.tabIndex < 0) {{ continue; }}
    e.focus({{focusVisible: true}});
    const at = e.labels && getComputedStyle(e).opacity === '0' ? e.labels[0] : e, style = getComputedStyle(at);
    if (document.activeElement !== e) {{ found.push(`no focus: ${{name(e)}}`); continue; }}
    const shadow = style.boxShadow.match(/^(rgb[^)]*\\)) 0px 0px 0px ([\\d.]+)px/);
    let ring = [[style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth), rgb(style.outlineColor)],
      [shadow ? parseFloat(shadow[2]) : 0, shadow ? rgb(shadow[1]) : null]];
    if (e instanceof SVGElement) {{
      // The shape itself changes: what has changed must be seen against what lies around it.
      const look = () => [e, ...e.querySelectorAll('path, circle')].map(n => getComputedStyle(n))
        .map(c => [[parseFloat(c.strokeWidth), rgb(c.stroke), c.stroke], [9, rgb(c.fill), c.fill]]).flat();
      const now = look(); e.blur(); const then = look(); e.focus({{focusVisible: true}});
      ring = now.filter((x, i) => x[2] !== then[i][2] || x[0] > then[i][0]); }}
    const behind = ground(at.parentElement);
    if (!ring.some(([w, c]) => w >= 2 && c && ratio(c, behind) >= 3)) {{ found.push(`no ring: ${{name(e)}}`); }}
    const box = at.getClientRects()[0];
    if (!(e instanceof SVGElement) && (box.bottom < 0 || box.top > innerHeight || box.right < 0)) {{
      found.push(`not in sight: ${{name(e)}} ${{box.top.toFixed(0)}}`); continue; }}
    if (!(e instanceof SVGElement)) {{
      const top = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2, box.top + box.height / 2);
      if (top && !at.contains(top) && !top.contains(at)) {{ found.push(`covered: ${{name(e)}} by ${{name(top)}}`); }}
    }}
  }}
  document.activeElement.blur(); scrollTo(0, 0);
  return found; }}"""
"""Every stop of the keyboard: a ring of 2 pixels and contrast 3, in sight, covered by nothing, in order."""

SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 30); })"""
"""How much of the page has moved by itself since it was opened (CLS)."""

MOVES = "() => document.getAnimations().map(a => String(a.animationName || a.transitionProperty))"
WEAR = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }"
"""Puts a style sheet on the page (in the place of the one before) that its policy does not forbid."""
SPACED = """*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}"""
"""WCAG 1.4.12."""
LARGE = "html{font-size:200%!important}"
"""WCAG 1.4.4: letters twice as large."""
