// The company that this browser keeps, filled into the form of a programme where nothing was typed.
(() => {
  'use strict';
  const form = document.querySelector('.company-form');
  if (!form || form.dataset.judged) return;
  let told = {};
  try { told = JSON.parse(localStorage.getItem('jiwon.company') || '{}'); } catch { return; }
  let filled = 0;
  for (const [name, value] of Object.entries(told)) {
    const field = form.elements[name];
    if (!field || field.value || typeof value !== 'string') continue;
    field.value = value;
    filled += field.value ? 1 : 0;
  }
  if (filled) form.querySelector('summary').textContent = form.dataset.kept;
})();
