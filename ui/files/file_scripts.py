"""File scripts: what is typed into the forms of a file is kept in the tab, and what is asked of the server is told."""

from __future__ import annotations

import json

KEPT = "jiwon-file"
"""Under which a tab keeps what was typed into forms, until it is saved or somebody signs out; it ends with the tab."""
LARGEST = 150_000
"""Bytes of a table: packed as text it is a third larger, and more the server takes with no step."""
SENT = "csrf => [csrf, window.jiwonAsked || '']"
"""What a form asks of the server, beside the token of the page."""
FILE = (
    f"const key = {json.dumps(KEPT)}, LARGEST = {LARGEST};"
    + """
const root = () => element.querySelector('[data-file]');
const all = () => JSON.parse(sessionStorage.getItem(key) || '{}');
const keep = kept => {
  if (Object.keys(kept).length) sessionStorage.setItem(key, JSON.stringify(kept)); else sessionStorage.removeItem(key);
};
const named = form => root().dataset.file + '/' + form.dataset.form;
const open = new Map();
let acted = '';
const fit = form => {
  const kind = form.elements.kind?.value;
  for (const part of form.querySelectorAll('[data-of]')) part.hidden = !part.dataset.of.split(' ').includes(kind);
};
const typed = form => {
  const told = {};
  for (const field of form.elements) {
    if (field.name && field.type !== 'file' && !field.closest('[hidden]')) told[field.name] = field.value;
  }
  return told;
};
const restore = form => {
  const kept = all()[named(form)];
  if (!kept) return;
  for (const [name, value] of Object.entries(kept)) if (form.elements[name]) form.elements[name].value = value;
  for (let part = form.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
};
const drawn = () => {
  const here = root();
  if (!here || here.dataset.seen) return;
  here.dataset.seen = 'yes';
  if (here.dataset.gone) {
    keep(Object.fromEntries(Object.entries(all()).filter(([name]) => !name.startsWith(here.dataset.gone + '/'))));
    history.replaceState(history.state, '', location.pathname + '?files');
    return;
  }
  if (here.dataset.done) {
    const kept = all();
    delete kept[here.dataset.done];
    keep(kept);
    open.delete('new-' + here.dataset.done.split('/')[1]);
  }
  const at = location.pathname + '?file=' + encodeURIComponent(here.dataset.file);
  if (location.pathname + location.search !== at) history.replaceState(history.state, '', at);
  for (const part of element.querySelectorAll('details[id]')) if (open.get(part.id)) part.open = true;
  for (const form of element.querySelectorAll('form[data-form]')) { form.reset(); restore(form); fit(form); }
  const led = element.querySelector('[data-next]');
  const next = led || (acted && document.getElementById(acted)?.querySelector('summary'));
  if (!next || !acted) return;
  for (let part = next.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
  next.focus({preventScroll: !led});
};
element.addEventListener('input', event => {
  const form = event.target.closest('form[data-form]');
  if (!form) return;
  keep({...all(), [named(form)]: typed(form)});
  fit(form);
});
element.addEventListener('toggle', event => {
  if (event.target.id) open.set(event.target.id, event.target.open);
}, true);
element.addEventListener('submit', event => {
  const form = event.target, here = root();
  if (!form.dataset.do) return;
  event.preventDefault();
  acted = form.closest('details.part')?.id || '';
  const doing = event.submitter?.dataset.do || form.dataset.do;
  const ask = told => {
    const asked = {do: doing, form: form.dataset.form || '', told: {...typed(form), ...told}};
    window.jiwonAsked = JSON.stringify({...asked, file: here.dataset.file, revision: +here.dataset.revision});
    trigger('submit');
  };
  const file = form.querySelector('input[type=file]')?.files[0];
  if (!file) return ask({});
  if (file.size > LARGEST) return ask({name: file.name, large: 'yes'});
  const reader = new FileReader();
  reader.onload = () => ask({name: file.name, content: reader.result.split(',')[1] || ''});
  reader.onerror = () => ask({name: file.name});
  reader.readAsDataURL(file);
});
const marks = {attributes: true, attributeFilter: ['data-seen']};
new MutationObserver(drawn).observe(element, {childList: true, subtree: true, ...marks});
drawn();
"""
)
"""Forms ask by themselves; after a step the parts that were open stay so, what was not saved is typed in again.

The framework makes the page of before into that of after, node by node: what is no attribute has to be put back.
"""
