// Asking without leaving the page. Without this file the same forms work, a page at a time.
(() => {
  'use strict';
  const form = document.getElementById('ask');
  const thread = document.getElementById('thread');
  if (!form || !thread) return;
  const box = form.elements.q;
  const KEPT = 'jiwon.company', TALK = 'jiwon.talk';
  const FIELDS = ['region', 'industry', 'employees', 'founded', 'needs', 'size', 'insured'];
  const strip = document.getElementById('company');
  const store = {
    get(name) { try { return localStorage.getItem(name) || ''; } catch { return ''; } },
    set(name, value) { try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* private window */ } },
  };

  // The company: kept in this browser alone, filled by what is said, forgotten by one tap.
  const WORDS = {employees: v => `${v}명`, founded: v => `${v}년 설립`, insured: v => v === 'true' ? '고용보험 가입' : '고용보험 미가입'};
  function shownCompany() {
    const told = FIELDS.filter(name => form.elements[name].value)
      .map(name => (WORDS[name] || (v => v))(form.elements[name].value));
    strip.querySelector('.who').textContent = told.join(' · ') || '회사 정보를 적으면 맞는지까지 봅니다';
    strip.querySelector('.forget').hidden = !told.length;
  }
  function keepCompany() {
    const told = Object.fromEntries(FIELDS.map(name => [name, form.elements[name].value]).filter(([, v]) => v));
    store.set(KEPT, Object.keys(told).length ? JSON.stringify(told) : '');
    shownCompany();
  }
  function fillCompany(told, isOlder) {
    for (const name of FIELDS) {
      let value = told[name];
      if (value === undefined || value === null || (isOlder && form.elements[name].value)) continue;
      if (Array.isArray(value)) value = value.join(', ');
      form.elements[name].value = String(value);
    }
    keepCompany();
  }
  try { fillCompany(JSON.parse(store.get(KEPT) || '{}'), true); } catch { store.set(KEPT, ''); }
  strip.addEventListener('change', keepCompany);
  strip.querySelector('.forget').addEventListener('click', () => {
    for (const name of FIELDS) form.elements[name].value = '';
    keepCompany();
    strip.open = false;
    box.focus();
  });

  // The thread: one address for a conversation, so that a reload shows it again.
  function open(conversation) {
    form.elements.c.value = conversation;
    thread.dataset.conversation = conversation;
    store.set(TALK, conversation);
  }
  const address = new URLSearchParams(location.search);
  if (address.has('new')) {
    store.set(TALK, '');
    history.replaceState(null, '', '/');
  } else if (thread.dataset.conversation) {
    open(thread.dataset.conversation);
  } else if (store.get(TALK) && !address.has('q')) {
    const talk = store.get(TALK);
    fetch(`/talk/${encodeURIComponent(talk)}.html`).then(async reply => {
      if (!reply.ok) return store.set(TALK, '');
      const html = await reply.text();
      if (!html.trim() || thread.children.length) return;
      thread.innerHTML = html;
      open(talk);
      begun();
    }).catch(() => {});
  }
  function begun() {
    document.querySelectorAll('.examples, .closing').forEach(part => part.remove());
    document.querySelector('.lead').classList.add('small');
    thread.querySelectorAll('.copy').forEach(button => { button.hidden = !navigator.clipboard; });
  }
  if (thread.children.length) begun();

  // One question, told while it is written.
  let asking = null;
  async function ask(words) {
    if (asking || !words.trim()) return;
    const turn = document.createElement('section');
    turn.className = 'turn';
    turn.innerHTML = '<h2 class="asked"></h2><article class="card" aria-busy="true"><p class="line waiting">원문을 찾고 있습니다…</p></article>';
    turn.firstChild.textContent = words;
    thread.append(turn);
    begun();
    turn.scrollIntoView({block: 'start'});
    const line = turn.querySelector('.line');
    const given = new URLSearchParams(new FormData(form));
    given.set('q', words);
    asking = new AbortController();
    form.querySelector('.send').disabled = true;
    try {
      const reply = await fetch('/', {method: 'POST', body: given, signal: asking.signal, headers: {Accept: 'text/event-stream'}});
      if (!reply.ok) throw new Error((await reply.json().catch(() => ({}))).detail);
      let told = '';
      for await (const {event, data} of events(reply.body)) {
        if (event === 'token') {
          told += data.text;
          line.classList.remove('waiting');
          line.textContent = told.replace(/\*\*|\s*\[\d+\]/g, '');
        } else if (event === 'card') {
          turn.outerHTML = data.html;
          open(data.conversation);
          history.replaceState(null, '', '/?c=' + encodeURIComponent(data.conversation));
          begun();
          const card = thread.lastElementChild.querySelector('.card');
          fillCompany(JSON.parse(card.dataset.company || '{}'), false);
          if (box.value === words) box.value = '';
        } else if (event === 'error') throw new Error(data.detail);
      }
    } catch (error) {
      const card = turn.querySelector('.card');
      if (card) {
        card.removeAttribute('aria-busy');
        card.classList.add('notice');
        card.setAttribute('role', 'alert');
        card.querySelector('.line').textContent = error.message && !/fetch|network/i.test(error.message)
          ? error.message : '연결이 끊겼습니다. 잠시 뒤 다시 물어보세요.';
      }
      box.value = box.value || words;
    } finally {
      asking = null;
      form.querySelector('.send').disabled = false;
    }
  }
  async function* events(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let left = '';
    for (;;) {
      const {value, done} = await reader.read();
      if (done) return;
      const parts = (left + value).split(/\r?\n\r?\n/);
      left = parts.pop();
      for (const part of parts) {
        const event = /^event: ?(.*)$/m.exec(part), data = /^data: ?(.*)$/m.exec(part);
        if (event && data) yield {event: event[1], data: JSON.parse(data[1])};
      }
    }
  }
  form.addEventListener('submit', event => { event.preventDefault(); ask(box.value.trim()); });
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  document.addEventListener('click', event => {
    const example = event.target.closest('.examples a.chip');
    if (example) { event.preventDefault(); ask(example.textContent); }
  });

  // What one may do with an answer.
  thread.addEventListener('submit', async event => {
    event.preventDefault();
    const own = event.target, pressed = event.submitter;
    if (own.classList.contains('replies')) return ask(pressed.value);
    const said = own.querySelector('.thanks');
    const given = new URLSearchParams(new FormData(own, pressed));
    try {
      const reply = await fetch(own.action, {method: 'POST', body: given, headers: {Accept: 'application/json'}});
      said.textContent = reply.ok ? '고맙습니다. 고치는 데 쓰겠습니다.' : '보내지 못했습니다.';
    } catch { said.textContent = '보내지 못했습니다.'; }
  });
  thread.addEventListener('click', async event => {
    const copy = event.target.closest('.copy'), share = event.target.closest('.share'), mark = event.target.closest('.mark');
    if (mark) {
      const at = document.querySelector(mark.getAttribute('href'));
      if (at) at.closest('details').open = true;
    }
    if (!copy && !share) return;
    const said = event.target.closest('.after').querySelector('.thanks');
    try {
      if (copy) await navigator.clipboard.writeText(copy.dataset.copy);
      else {
        if (!navigator.share && !navigator.clipboard) return;
        event.preventDefault();
        if (navigator.share) return void navigator.share({url: share.href}).catch(() => {});
        await navigator.clipboard.writeText(share.href);
      }
      said.textContent = copy ? '답변을 복사했습니다.' : '주소를 복사했습니다.';
    } catch { said.textContent = '복사하지 못했습니다.'; }
  });
})();
