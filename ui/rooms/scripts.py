"""Scripts: what the room does in the browser alone: its address, and what is typed but not yet kept on the server."""

from __future__ import annotations

import json

from ui.rooms.exposed import DIAGNOSIS
from ui.rooms.steps import BROKEN, signed_out, told

AWAY = told("서버에 닿지 못했습니다. 회사와 설문에 적은 내용은 남아 있으니 잠시 뒤 화면을 새로 고쳐 주세요.")

TYPED = "jiwon-typed"
"""Under which a tab keeps what was typed, until it is saved or somebody signs out; it ends with the tab."""
ARRIVED = f"""() => {{
  const asked = new URLSearchParams(location.search);
  const file = asked.get('file') || (asked.has('files') ? 'all' : '');
  const compared = JSON.stringify(asked.getAll('compare'));
  return [asked.get('draft') || '', compared, sessionStorage.getItem('{TYPED}') || '', file];
}}"""
"""What the address names: the draft, the two to compare, the file or all; and what was typed before a reload."""
KEEP = f"(...typed) => {{ sessionStorage.setItem('{TYPED}', JSON.stringify(typed)); return []; }}"
"""Keep the draft and what is in the form."""
HEARD = """
let waiting = 0;
document.addEventListener('input', event => {
  if (!event.target.closest('#AREA')) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => trigger('input'), PAUSE);
});
"""
"""What is typed into an area is told once the hands rest: boxes of the framework tell of what the server writes too."""
SAVED = f"""(draft, notice) => {{
  if (!draft || notice.includes('alert')) return [];
  sessionStorage.removeItem('{TYPED}');
  history.replaceState(history.state, '', location.pathname + '?draft=' + encodeURIComponent(draft));
  return [];
}}"""
"""After a step that came to something: the address names the draft, and what was typed is on the server."""


def failed(room: str, away: str) -> str:
    """The script that says what is wrong where a step did not get to the server, or was not let in."""
    return f"""async () => {{
  const led = await fetch(location.pathname, {{redirect: 'manual', method: 'HEAD'}}).catch(() => null);
  if (!led) return {json.dumps(away)};
  return led.type === 'opaqueredirect' ? {json.dumps(signed_out(room))} : {json.dumps(told(BROKEN))};
}}"""


def watched(away: str) -> str:
    """The script of the head: that the server is away, which the framework keeps to itself, is said.

    It stays said when the server is back: after a step that did not get there the framework takes no other one until
    the page is loaded anew.
    """
    return f"""
const look = async () => {{
  const led = await fetch(location.pathname, {{redirect: 'manual', method: 'HEAD'}}).catch(() => null);
  if (!led) element.querySelector('.away').innerHTML = {json.dumps(away)};
}};
document.addEventListener('change', look);
document.addEventListener('click', event => {{ if (event.target.closest('button')) look(); }});
"""


def heard(area: str, pause_ms: int) -> str:
    """The script that tells when somebody has typed into the element of that id, and then paused for so long."""
    return HEARD.replace("AREA", area).replace("PAUSE", str(pause_ms))


LEAVE = f"""
element.addEventListener('submit', event => {{
  if (event.target.action.endsWith('/sign-out')) sessionStorage.clear();
}});
{watched(AWAY)}"""
"""Who signs out leaves nothing behind."""
FAILED = failed(DIAGNOSIS, AWAY)
STILL = """
let at = 0;
const watched = () => {
  const frame = element.querySelector('iframe');
  if (!frame || frame.dataset.watched) return;
  frame.dataset.watched = 'yes';
  frame.addEventListener('load', () => {
    const inner = frame.contentWindow;
    inner.scrollTo(0, at);
    inner.addEventListener('scroll', () => { at = inner.scrollY; });
  });
};
new MutationObserver(watched).observe(element, {childList: true, subtree: true});
watched();
"""
"""The preview stays where it was read while its words change."""
