"""The room 기업 진단: what a consultant can do flows in; a form, the draft it leads to, and its files are drawn."""

from __future__ import annotations

from collections.abc import Mapping

from rag.diagnosis.report import EDITABLE
from ui.rooms.consult import UNKNOWN, Field, Room, Step, begin, issue, notice, rewrite
from ui.rooms.framework import gr

NAME = "기업 진단"
CLOSED = (
    "기업 진단이 꺼져 있습니다. 운영자가 'jiwon keys create --scope consult --person 이름'으로 컨설턴트 열쇠를 만든 뒤 "
    "이 화면을 새로 고치면 쓸 수 있습니다."
)
INTRODUCTION = (
    '<header class="top"><h1>기업 진단</h1><p>회사 정보를 적으면 맞는 지원사업, 훈련 로드맵, 금액을 출처와 함께 '
    "보고서로 만듭니다. 모르는 칸은 비워 두세요.</p></header>"
)
# Files are fetched with the key in a header, so that no address of a file works without it.
FETCH_FILE = """
element.addEventListener('click', async event => {
  const button = event.target.closest('[data-file]');
  if (!button) return;
  const said = element.querySelector('#file-notice');
  const say = words => { if (said) said.textContent = words; };
  const key = document.querySelector('#consult-key input')?.value || '';
  button.disabled = true;
  say('보고서를 만들고 있습니다…');
  try {
    const path = '/v1/diagnoses/' + encodeURIComponent(button.dataset.id) + '/report.' + button.dataset.file;
    const answer = await fetch(path, {headers: {'X-API-Key': key}});
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const named = /filename\\*=UTF-8''([^;]+)/i.exec(answer.headers.get('content-disposition') || '');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = named ? decodeURIComponent(named[1]) : '진단보고서.' + button.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
    say('내려받았습니다.');
  } catch (error) {
    say(error.message || '내려받지 못했습니다. 잠시 뒤 다시 시도해 주세요.');
  } finally {
    button.disabled = false;
  }
});
"""


def draw(room: Room, blocks: gr.Blocks) -> None:
    """Draw the room into the page of `blocks` that is being built; while it is closed, only a sentence says so.

    Whether it is open is asked anew whenever the page is loaded: keys are made and revoked while the server runs.
    """
    gr.HTML(INTRODUCTION)
    is_open = room.is_open
    closed = gr.HTML(notice(CLOSED), visible=not is_open)
    with gr.Column(visible=is_open) as desk:
        _draw_desk(room)

    def look() -> tuple[object, object]:
        is_open = room.is_open
        return gr.update(visible=not is_open), gr.update(visible=is_open)

    blocks.load(look, outputs=[closed, desk], show_progress="hidden", api_visibility="private")


def _draw_desk(room: Room) -> None:
    fields = room.fields
    key = gr.Textbox(label="컨설턴트 열쇠", type="password", elem_id="consult-key", placeholder="운영자에게 받은 열쇠")
    with gr.Accordion("1. 기업 개요", open=True, elem_classes="form"):
        overview = _inputs([field for field in fields if not field.is_survey])
    with gr.Accordion("2. 훈련수요조사", open=False, elem_classes="form"):
        asked = _inputs([field for field in fields if field.is_survey])
    start = gr.Button("진단하기", variant="primary", elem_id="diagnose")
    draft_id = gr.State("")
    outcome = gr.HTML("", js_on_load=FETCH_FILE, elem_id="outcome")
    with gr.Accordion("3. 글 고치고 발급하기", open=False, visible=False, elem_classes="form") as editing:
        texts = [
            gr.Textbox(label=label, lines=3, max_lines=12, placeholder="비워 두면 문서에서 찾은 내용이 들어갑니다.")
            for label in EDITABLE.values()
        ]
        with gr.Row():
            keep = gr.Button("고친 글 반영", elem_id="keep")
            freeze = gr.Button("발급", variant="primary", elem_id="issue")
    preview = gr.HTML("", elem_id="preview")
    labels = [field.label for field in (*(f for f in fields if not f.is_survey), *(f for f in fields if f.is_survey))]
    outputs = [draft_id, outcome, editing, preview, *texts]

    def diagnose(given_key: str, *values: object) -> tuple[object, ...]:
        return _drawn(begin(room, given_key.strip(), dict(zip(labels, values, strict=True))))

    def keep_texts(given_key: str, draft: str, *written: str) -> tuple[object, ...]:
        return _kept(rewrite(room, given_key.strip(), draft, _texts(written)), draft)

    def freeze_draft(given_key: str, draft: str, *written: str) -> tuple[object, ...]:
        step = rewrite(room, given_key.strip(), draft, _texts(written))
        return _kept(issue(room, given_key.strip(), draft) if step.draft_id else step, draft)

    start.click(diagnose, [key, *overview, *asked], outputs, api_visibility="private")
    keep.click(keep_texts, [key, draft_id, *texts], outputs, api_visibility="private")
    freeze.click(freeze_draft, [key, draft_id, *texts], outputs, api_visibility="private")


def _inputs(fields: list[Field]) -> list[gr.components.Component]:
    """One input for each field, two in a row where they are short."""
    drawn: list[gr.components.Component] = []
    for at in range(0, len(fields), 2):
        with gr.Row():
            drawn += [_input(field) for field in fields[at : at + 2]]
    return drawn


def _input(field: Field) -> gr.components.Component:
    if field.is_many:
        return gr.CheckboxGroup(list(field.options), label=field.label, info=field.hint)
    if field.options:
        return gr.Dropdown([UNKNOWN, *field.options], value=UNKNOWN, label=field.label, info=field.hint)
    return gr.Textbox(label=field.label, info=field.hint, max_lines=4)


def _texts(written: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(EDITABLE, written, strict=True))


def _drawn(step: Step) -> tuple[object, ...]:
    """A step as updates of draft, outcome, editor, preview and every text."""
    texts: Mapping[str, str] = step.texts or {}
    boxes = [gr.update(value=texts.get(key, ""), visible=key in step.editable) for key in EDITABLE]
    return step.draft_id, step.outcome, gr.update(visible=bool(step.editable)), step.preview, *boxes


def _kept(step: Step, draft: str) -> tuple[object, ...]:
    """The same where a refused step must lose neither the draft nor what was typed."""
    if step.draft_id:
        return _drawn(step)
    return draft, step.outcome, gr.update(), gr.update(), *(gr.update() for _ in EDITABLE)
