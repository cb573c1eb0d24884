// Runs in a sandboxed page: no storage, no requests, text only ever goes in as text.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const { columns, measures } = data;
  const byId = id => document.getElementById(id);
  const svgSpace = 'http://www.w3.org/2000/svg';
  const thin = '\u202F';
  const pageSize = 50;
  const state = { measure: 0, chosen: new Map(), from: '', to: '', search: '', sort: -1, down: false, page: 0 };
  const date = data.date >= 0 ? columns[data.date] : null;
  const days = date ? date.texts.map(text => text.slice(0, 10)) : [];

  const make = (tag, props = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name in element && name !== 'list') element[name] = value; else element.setAttribute(name, value);
    }
    element.append(...children.filter(child => child !== null));
    return element;
  };
  const draw = (tag, attributes) => {
    const element = document.createElementNS(svgSpace, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  const fixed = (value, places) => {
    const [whole, part] = Math.abs(value).toFixed(places).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thin);
    const text = part ? `${grouped}.${part}` : grouped;
    return value < 0 && Number(value.toFixed(places)) !== 0 ? `\u2212${text}` : text;
  };
  const number = (value, places) => fixed(value, places === 0 || Math.abs(value) >= 10000 ? 0 : Math.abs(value) >= 100 ? Math.min(1, places) : places);
  const compact = value => {
    const size = Math.abs(value);
    const [scale, unit] = size >= 999.5e6 ? [1e9, 'G'] : size >= 999500 ? [1e6, 'M'] : size >= 9999.5 ? [1e3, 'k'] : [1, ''];
    const scaled = value / scale;
    let text = fixed(scaled, Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2);
    if (text.includes('.')) text = text.replace(/0+$/, '').replace(/\.$/, '');
    return unit ? text + thin + unit : text;
  };
  const percent = ratio => `${fixed(ratio * 100, 1)}${thin}%`;
  const numeric = column => !column.texts;
  const cell = (column, row) => {
    const value = column.values[row];
    if (column.texts) return value < 0 ? '' : column.kind === 'date' ? column.texts[value].replace('T', ' ').replace('Z', '') : column.texts[value];
    return value === null ? '' : column.plain ? String(value) : fixed(value, column.decimals);
  };

  const measure = () => measures[state.measure] ?? { column: -1, label: 'Records', additive: true, decimals: 0 };
  const valueAt = (chosen, row) => chosen.column < 0 ? 1 : columns[chosen.column].values[row];
  const total = (chosen, rows) => {
    let sum = 0, count = 0;
    for (const row of rows) {
      const value = valueAt(chosen, row);
      if (value !== null) { sum += value; count++; }
    }
    return chosen.additive ? sum : count ? sum / count : NaN;
  };
  const told = (chosen, value) => Number.isNaN(value) ? '–' : number(value, chosen.additive ? chosen.decimals : 2);

  function filtered(except = -1) {
    const needle = state.search.toLowerCase();
    const found = columns.map(column => needle && column.texts ? column.texts.map(text => text.toLowerCase().includes(needle)) : null);
    const rows = [];
    for (let row = 0; row < data.rows; row++) {
      let keep = true;
      for (const [index, values] of state.chosen) {
        if (index !== except && !values.has(columns[index].values[row])) { keep = false; break; }
      }
      if (!keep) continue;
      if (date && (state.from || state.to)) {
        const day = date.values[row] < 0 ? null : days[date.values[row]];
        if (day === null || (state.from && day < state.from) || (state.to && day > state.to)) continue;
      }
      if (needle) {
        const hit = columns.some((column, index) => column.texts
          ? column.values[row] >= 0 && found[index][column.values[row]]
          : column.values[row] !== null && String(column.values[row]).includes(needle));
        if (!hit) continue;
      }
      rows.push(row);
    }
    return rows;
  }

  const tip = byId('tip');
  const showTip = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 12, innerWidth - box.width - 4))}px`;
    tip.style.top = `${y + 16 + box.height > innerHeight ? y - box.height - 8 : y + 16}px`;
  };
  const hideTip = () => { tip.hidden = true; };

  function buildFilters() {
    const form = byId('filters');
    form.addEventListener('submit', event => event.preventDefault());
    const add = (label, control) => form.append(make('label', {}, label, control));
    if (measures.length > 1) {
      const select = make('select', { onchange: () => { state.measure = select.selectedIndex; update(); } },
        ...measures.map(entry => make('option', { textContent: entry.label })));
      add('Measure', select);
    }
    if (date && days.length) {
      const sorted = [...days].sort();
      for (const end of ['from', 'to']) {
        const input = make('input', { type: 'date', min: sorted[0], max: sorted.at(-1), oninput: () => { state[end] = input.value; state.page = 0; update(); } });
        add(end === 'from' ? `${date.label} from` : 'to', input);
      }
    }
    for (const index of data.categories) {
      const column = columns[index];
      const order = column.texts.map((text, place) => place).sort((a, b) => column.texts[a] < column.texts[b] ? -1 : 1);
      const select = make('select', { id: `filter-${index}`, onchange: () => choose(index, select.value === '' ? null : Number(select.value), true) },
        make('option', { value: '', textContent: 'All' }),
        ...order.map(place => make('option', { value: String(place), textContent: column.texts[place] })),
        ...(column.values.includes(-1) ? [make('option', { value: '-1', textContent: '(missing)' })] : []));
      add(column.label, select);
    }
    const search = make('input', { type: 'search', placeholder: 'Any column', oninput: () => { state.search = search.value.trim(); state.page = 0; update(); } });
    add('Search', search);
    form.append(make('button', { type: 'reset', id: 'reset', textContent: 'Reset' }));
    form.addEventListener('reset', () => {
      state.chosen.clear();
      Object.assign(state, { measure: 0, from: '', to: '', search: '', page: 0 });
      setTimeout(update);
    });
  }

  function choose(index, place, only) {
    const values = only ? new Set() : new Set(state.chosen.get(index));
    if (place !== null) { if (values.has(place)) values.delete(place); else values.add(place); }
    if (values.size) state.chosen.set(index, values); else state.chosen.delete(index);
    state.page = 0;
    const select = byId(`filter-${index}`);
    if (select) select.value = values.size === 1 ? String([...values][0]) : '';
    update();
  }

  function tiles(rows) {
    const entries = [['Records', fixed(rows.length, 0), rows.length === data.rows ? 'all' : `${percent(rows.length / data.rows)} of all`]];
    for (const entry of measures.slice(0, 3)) {
      const value = total(entry, rows);
      entries.push([`${entry.additive ? 'Total' : 'Mean'} ${entry.label.toLowerCase()}`, Number.isNaN(value) ? '–' : compact(value),
        entry.additive && rows.length ? `${number(value / rows.length, 2)} per record` : '']);
    }
    byId('tiles').replaceChildren(...entries.map(([label, value, note]) =>
      make('div', { className: 'tile' }, make('p', { textContent: label }), make('p', { className: 'big', textContent: value }), make('p', { className: 'note', textContent: note }))));
  }

  const monday = day => {
    const at = new Date(`${day}T00:00:00Z`);
    at.setUTCDate(at.getUTCDate() - (at.getUTCDay() + 6) % 7);
    return at.toISOString().slice(0, 10);
  };
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const dayWords = day => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]}`;

  function series(rows) {
    const used = rows.filter(row => date.values[row] >= 0);
    if (!used.length) return null;
    let first = '9', last = '';
    for (const row of used) {
      const day = days[date.values[row]];
      if (day < first) first = day;
      if (day > last) last = day;
    }
    const span = (Date.parse(last) - Date.parse(first)) / 864e5;
    const unit = span <= 45 ? 'day' : span <= 400 ? 'week' : 'month';
    const start = day => unit === 'day' ? day : unit === 'week' ? monday(day) : `${day.slice(0, 7)}-01`;
    const chosen = measure();
    const groups = new Map();
    for (const row of used) {
      const key = start(days[date.values[row]]);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    const points = [];
    for (let key = start(first); key <= last;) {
      const group = groups.get(key) ?? [];
      const value = total(chosen, group);
      if (!Number.isNaN(value)) {
        const label = unit === 'month' ? `${months[Number(key.slice(5, 7)) - 1]} ${key.slice(0, 4)}` : dayWords(key);
        points.push({ label, value, rows: group.length });
      }
      const next = new Date(`${key}T00:00:00Z`);
      if (unit === 'month') next.setUTCMonth(next.getUTCMonth() + 1); else next.setUTCDate(next.getUTCDate() + (unit === 'day' ? 1 : 7));
      key = next.toISOString().slice(0, 10);
    }
    return { unit, points };
  }

  function lineCard(rows) {
    const found = series(rows);
    if (!found || found.points.length < 2) return null;
    const chosen = measure();
    const { points, unit } = found;
    const width = 1100, top = 12, plot = 200, right = 60;
    const low = Math.min(0, ...points.map(point => point.value)), high = Math.max(0, ...points.map(point => point.value));
    const raw = ((high - low) || 1) / 4, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].find(factor => factor * power >= raw) * power;
    const floor = Math.floor(low / step) * step, ceiling = Math.max(floor + step, Math.ceil(high / step) * step);
    const x = index => 6 + index * (width - right - 12) / (points.length - 1);
    const y = value => top + plot * (1 - (value - floor) / (ceiling - floor));
    const title = `${chosen.column < 0 ? 'Records' : `${chosen.label} (${chosen.additive ? 'total' : 'mean'})`} by ${unit}`;
    const svg = draw('svg', { class: 'chart', viewBox: `0 0 ${width} ${top + plot + 30}`, role: 'img', 'aria-label': `${title}. The records are in the table below.` });
    for (let tick = floor; tick <= ceiling + step / 2; tick += step) {
      svg.append(draw('line', { class: 'grid', x1: 0, x2: width - right, y1: y(tick), y2: y(tick) }));
      const text = draw('text', { class: 'axis', x: width - right + 10, y: y(tick) + 4 });
      text.textContent = compact(tick);
      svg.append(text);
    }
    svg.append(draw('polyline', { class: 'line', points: points.map((point, index) => `${x(index)},${y(point.value)}`).join(' ') }));
    const every = Math.ceil(points.length / 12);
    points.forEach((point, index) => {
      if (index % every) return;
      const text = draw('text', { class: 'axis', x: x(index), y: top + plot + 22, 'text-anchor': index ? 'middle' : 'start' });
      text.textContent = point.label;
      svg.append(text);
    });
    const cursor = draw('line', { class: 'cursor', y1: top, y2: top + plot, visibility: 'hidden' });
    const dot = draw('circle', { class: 'dot', r: 4, visibility: 'hidden' });
    svg.append(cursor, dot);
    svg.addEventListener('pointermove', event => {
      const box = svg.getBoundingClientRect();
      const at = (event.clientX - box.left) / box.width * width;
      const index = Math.max(0, Math.min(points.length - 1, Math.round((at - 6) / ((width - right - 12) / (points.length - 1)))));
      for (const name of ['x1', 'x2']) cursor.setAttribute(name, x(index));
      dot.setAttribute('cx', x(index));
      dot.setAttribute('cy', y(points[index].value));
      for (const mark of [cursor, dot]) mark.setAttribute('visibility', 'visible');
      showTip(`${points[index].label}: ${told(chosen, points[index].value)} · ${fixed(points[index].rows, 0)} records`, event.clientX, event.clientY);
    });
    svg.addEventListener('pointerleave', () => { hideTip(); for (const mark of [cursor, dot]) mark.setAttribute('visibility', 'hidden'); });
    return make('section', { className: 'card wide' }, make('h2', { textContent: title }), svg, asTable(unit, title, points.map(point => [point.label, told(chosen, point.value)])));
  }

  function asTable(heading, valueHeading, rows) {
    return make('details', {}, make('summary', { textContent: 'Show as a table' }),
      make('div', { className: 'scroll' }, make('table', {},
        make('thead', {}, make('tr', {}, make('th', { textContent: heading[0].toUpperCase() + heading.slice(1) }), make('th', { className: 'n', textContent: valueHeading }))),
        make('tbody', {}, ...rows.map(row => make('tr', {}, make('td', { textContent: row[0] }), make('td', { className: 'n', textContent: row[1] })))))));
  }

  function barCard(index) {
    const column = columns[index], chosen = measure();
    // A category shows what its own filter leaves out too, so that a second value can be chosen.
    const groups = new Map();
    for (const row of filtered(index)) {
      const place = column.values[row];
      if (!groups.has(place)) groups.set(place, []);
      groups.get(place).push(row);
    }
    const entries = [...groups].map(([place, rows]) => ({ place, name: place < 0 ? '(missing)' : column.texts[place], value: total(chosen, rows), rows: rows.length }))
      .filter(entry => !Number.isNaN(entry.value)).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
    const whole = chosen.additive ? entries.reduce((sum, entry) => sum + entry.value, 0) : 0;
    const largest = Math.max(...entries.map(entry => Math.abs(entry.value)), 0) || 1;
    const picked = state.chosen.get(index);
    const shown = entries.slice(0, 10);
    const list = make('ul', { className: picked ? 'bars chosen' : 'bars' }, ...shown.map(entry => {
      const share = whole > 0 ? ` · ${percent(entry.value / whole)}` : '';
      const fill = make('span', { className: 'fill' });
      fill.style.width = `${Math.abs(entry.value) / largest * 100}%`;
      const button = make('button', { type: 'button', 'aria-pressed': String(picked?.has(entry.place) ?? false), onclick: () => { choose(index, entry.place, false); byId(`bars-${index}`)?.querySelector(`[data-place="${entry.place}"]`)?.focus(); } },
        make('span', { className: 'label', textContent: entry.name }), make('span', { className: 'track' }, fill), make('span', { className: 'amount', textContent: compact(entry.value) + share }));
      button.dataset.place = entry.place;
      button.addEventListener('pointermove', event => showTip(`${entry.name}: ${told(chosen, entry.value)}${share} · ${fixed(entry.rows, 0)} records`, event.clientX, event.clientY));
      button.addEventListener('pointerleave', hideTip);
      return make('li', {}, button);
    }), entries.length > shown.length ? make('li', { className: 'rest', textContent: `and ${fixed(entries.length - shown.length, 0)} more` }) : null);
    return make('section', { className: 'card', id: `bars-${index}` }, make('h2', { textContent: column.label }), list,
      asTable(column.label, chosen.label, entries.slice(0, 200).map(entry => [entry.name, told(chosen, entry.value)])));
  }

  function grid(rows) {
    if (state.sort >= 0) {
      const column = columns[state.sort], sign = state.down ? -1 : 1;
      const rank = column.texts ? (() => {
        const order = column.texts.map((text, place) => place).sort((a, b) => column.texts[a] < column.texts[b] ? -1 : 1);
        const ranks = [];
        order.forEach((place, index) => { ranks[place] = index; });
        return row => column.values[row] < 0 ? null : ranks[column.values[row]];
      })() : row => column.values[row];
      rows = [...rows].sort((a, b) => {
        const [left, right] = [rank(a), rank(b)];
        return left === null ? (right === null ? a - b : 1) : right === null ? -1 : (left - right) * sign || a - b;
      });
    }
    const pages = Math.max(1, Math.ceil(rows.length / pageSize));
    state.page = Math.min(state.page, pages - 1);
    const part = rows.slice(state.page * pageSize, (state.page + 1) * pageSize);
    const heads = columns.map((column, index) => {
      const head = make('th', { scope: 'col', className: numeric(column) ? 'n' : '' }, make('button', { type: 'button', textContent: column.name + (state.sort === index ? (state.down ? ' ↓' : ' ↑') : ''), onclick: () => {
        if (state.sort !== index) { state.sort = index; state.down = numeric(column); } else state.down = !state.down;
        update();
        byId('grid').querySelectorAll('th button')[index].focus();
      } }));
      if (state.sort === index) head.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
      return head;
    });
    const turn = (label, by) => make('button', { type: 'button', textContent: label, disabled: state.page + by < 0 || state.page + by >= pages, onclick: () => { state.page += by; update(); } });
    byId('grid').replaceChildren(
      make('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Records' }, make('table', {},
        make('thead', {}, make('tr', {}, ...heads)),
        make('tbody', {}, ...part.map(row => make('tr', {}, ...columns.map(column => make('td', { className: numeric(column) ? 'n' : '', textContent: cell(column, row) }))))))),
      make('div', { className: 'pager' }, turn('Previous', -1), make('span', { textContent: `Page ${state.page + 1} of ${fixed(pages, 0)}` }), turn('Next', 1)));
  }

  function update() {
    hideTip();
    const rows = filtered();
    byId('state').textContent = rows.length === 0 ? 'No record matches the filters. Widen or reset them.'
      : rows.length === data.rows ? `All ${fixed(data.rows, 0)} records` : `${fixed(rows.length, 0)} of ${fixed(data.rows, 0)} records`;
    tiles(rows);
    byId('charts').replaceChildren(...[date ? lineCard(rows) : null, ...data.categories.map(barCard)].filter(card => card !== null));
    grid(rows);
    document.body.dataset.ready = String(rows.length);
  }

  buildFilters();
  update();
})();
