"""Dropping: files that somebody drops or chooses in the browser flow out one by one; what became of each is shown."""

from __future__ import annotations

import json

MOST_FILES, LARGEST = 50, 64 * 2**20
"""How many files are sent at once, and how large one may be, in bytes."""
ENDINGS = (".pdf", ".hwp", ".hwpx", ".docx", ".html", ".htm", ".md", ".txt")
_WORDS = {
    "large": "64MB보다 큽니다. 나누거나 그림을 줄여 다시 올려 주세요.",
    "many": f"한 번에 {MOST_FILES}개까지 올릴 수 있습니다. 나누어 올려 주세요.",
    "folder": "폴더이거나 읽을 수 없는 파일입니다. 파일을 하나씩 골라 주세요.",
    "away": "서버에 닿지 못했습니다. 연결을 확인하고 다시 올려 주세요.",
    "broken": "처리하지 못했습니다. 잠시 뒤 다시 올려 주세요.",
    "busy": "앞의 파일을 보내고 있습니다. 끝난 뒤에 올려 주세요.",
    "going": "보내는 중입니다: ",
    "done": "모두 보냈습니다. 색인 작업을 하고 새 판을 발행하면 답변에 쓰입니다.",
    "left": "보내지 않은 파일이 있습니다: ",
    "nameless": "이름 없는 파일",
    "refused": "✕ 받지 않았습니다",
}
DROP = (
    f"""
const words = {json.dumps(_WORDS, ensure_ascii=False)}, largest = {LARGEST}, most = {MOST_FILES};
"""
    + """
const part = name => element.querySelector(name);
const say = text => { part('.going').textContent = text; };
let csrf = '', busy = false;
const token = () => csrf || document.querySelector('.head input[name=csrf]')?.value || '';
const refuse = (name, why) => {
  const row = document.createElement('li'), head = document.createElement('p'), told = document.createElement('p');
  const strong = document.createElement('strong'), pill = document.createElement('span');
  row.className = 'refused'; pill.className = 'pill soon';
  strong.textContent = name || words.nameless; pill.textContent = words.refused; told.textContent = why;
  head.append(strong, ' ', pill); row.append(head, told); part('.results').append(row);
  return true;
};
const filled = (file, alone) => {
  const form = new FormData();
  form.append('files', file, file.name);
  for (const field of element.querySelectorAll('.describing input, .describing select')) {
    const value = field.value.trim();
    if (value && (alone || field.name !== 'title')) form.append(field.name, value);
  }
  if (part('[name=replace]').checked) form.append('replace', 'true');
  return form;
};
const send = async (file, alone) => {
  if (file.size > largest) return refuse(file.name, words.large);
  if (!await file.slice(0, 1).arrayBuffer().catch(() => null)) return refuse(file.name, words.folder);
  const asked = {method: 'POST', body: filled(file, alone), headers: {'X-CSRF': token()}};
  const reply = await fetch('/desk/files', asked).catch(() => null);
  if (!reply) { refuse(file.name, words.away); return false; }
  csrf = reply.headers.get('X-CSRF') || csrf;
  if (!(reply.headers.get('content-type') || '').startsWith('text/html')) {
    const told = await reply.json().catch(() => ({}));
    return refuse(file.name, told.detail || words.broken);
  }
  const html = await reply.text();
  part(reply.ok ? '.results' : '.alert').insertAdjacentHTML('beforeend', html);
  return reply.ok;
};
const sendAll = async files => {
  if (!files.length) return;
  if (busy) { say(words.busy); return; }
  part('.results').replaceChildren(); part('.alert').replaceChildren();
  if (files.length > most) { say(words.many); return; }
  busy = true;
  let left = files.length;
  for (const file of files) {
    say(words.going + (files.length - left + 1) + ' / ' + files.length);
    if (!await send(file, files.length === 1)) break;
    left -= 1;
  }
  busy = false;
  const taken = part('.results .taken');
  say(left ? words.left + left : taken ? words.done : '');
  if (taken) trigger('upload');
};
const box = part('.drop');
part('#drop-files').addEventListener('change', event => {
  const files = [...event.target.files];
  event.target.value = '';
  sendAll(files);
});
for (const kind of ['dragover', 'drop']) window.addEventListener(kind, event => event.preventDefault());
box.addEventListener('dragover', () => box.classList.add('over'));
box.addEventListener('dragleave', () => box.classList.remove('over'));
box.addEventListener('drop', event => { box.classList.remove('over'); sendAll([...event.dataTransfer.files]); });
"""
)
"""The script of the area: nothing goes by the framework, whose own way of sending files stays closed."""
