"""The page: what answers questions flows in, a Gradio page that shows the conversation is mounted."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from rag.domain import SizeClass
from ui.chat import INSURED, Ask, Conversation, View, company, converse
from ui.consult import Room
from ui.exposed import ROOM, expose_only
from ui.framework import Navbar, gr
from ui.render import SourceOf, header_html, thread_html
from ui.room import NAME, draw

CHAT = "물어보기"
TITLE = "지원 · 중소기업 지원사업 안내"
FONTS = ("Pretendard", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "NanumGothic", "sans-serif")
EXAMPLES = (
    "가평에 있는 식품공장입니다. 능력개발전담주치의 상담은 어디로 전화하나요?",
    "지금 신청할 수 있는 지원사업을 알려 주세요.",
    "직원 30명인 자동차 부품 제조업체입니다. 우리 회사에 맞는 AI 지원사업이 있나요?",
    "AI통합 바우처는 얼마까지 지원받을 수 있나요?",
    "스마트공장 보급(제조AI특화)은 어떤 회사가 신청할 수 있나요?",
    "중소기업AI훈련확산센터는 어떻게 신청하나요?",
)
HEAD = "<script>document.documentElement.lang = 'ko'</script>"
ASK_ON_CLICK = """
element.addEventListener('click', event => {
  const chip = event.target.closest('[data-ask]');
  if (chip) trigger('submit', {words: chip.dataset.ask});
});
"""
SHOW_LAST = """() => setTimeout(() =>
  document.querySelector('.turn:last-child')?.scrollIntoView({behavior: 'smooth', block: 'start'}), 80)"""


def page(ask: Ask, source_of: SourceOf, today: Callable[[], date], room: Room) -> gr.Blocks:
    """The page; `ask` answers a question, `source_of` names its sources, `today` says which day answers hold for.

    `room` is what consultants can do in 기업 진단, beside the chat.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False)
    with blocks:
        Navbar(main_page_name=CHAT)
        header = gr.HTML(header_html(today()))
        conversation = gr.State(())
        with gr.Accordion("우리 회사 정보를 적고 요건 확인하기 (선택)", open=False, elem_id="company"):
            fields = _company_fields()
        thread = gr.HTML(thread_html(()), js_on_load=ASK_ON_CLICK, elem_id="thread")
        with gr.Row(elem_id="examples") as examples:
            gr.HTML("<h2>이렇게 물어 보세요</h2>")
            chips = [gr.Button(words, size="sm", elem_classes="example") for words in EXAMPLES]
        with gr.Column(elem_id="composer"):
            notice = gr.HTML("", elem_id="notice")
            with gr.Row(elem_id="line"):
                box = gr.Textbox(
                    placeholder="지원사업을 물어 보세요",
                    label="질문",
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    scale=1,
                    elem_id="question",
                )
                send = gr.Button("묻기", variant="primary", scale=0, min_width=76, elem_id="send")

        def shown(view: View) -> tuple[object, ...]:
            started = bool(view.conversation or view.pending)
            warning = f'<p role="alert">{view.notice}</p>' if view.notice else ""
            return view.conversation, view.thread, gr.update(visible=not started), warning, view.left

        def answer(words: str, past: Conversation, *given: str | None) -> Iterator[tuple[object, ...]]:
            try:
                profile = company(*given)
            except ValueError as error:
                yield shown(View(past, notice=str(error), left=words))
                return
            yield from map(shown, converse(ask, source_of, words, profile, today(), past))

        def answer_chip(event: gr.EventData, past: Conversation, *given: str | None) -> Iterator[tuple[object, ...]]:
            yield from answer(event.words, past, *given)

        outputs = [conversation, thread, examples, notice, box]
        for listener, words in ((box.submit, box), (send.click, box), *((chip.click, chip) for chip in chips)):
            listener(answer, [words, conversation, *fields], outputs, show_progress="hidden", api_visibility="private")
        thread.submit(answer_chip, [conversation, *fields], outputs, show_progress="hidden", api_visibility="private")
        thread.change(None, js=SHOW_LAST)
        blocks.load(lambda: header_html(today()), outputs=header, show_progress="hidden", api_visibility="private")
    with blocks.route(NAME, ROOM):
        Navbar(main_page_name=CHAT)
        draw(room, blocks)
    blocks.queue(default_concurrency_limit=4, api_open=False)
    return blocks


def mount(
    app: object,
    ask: Ask,
    source_of: SourceOf,
    today: Callable[[], date],
    handlers: Mapping[type[Exception], object],
    room: Room,
) -> None:
    """Serve the page at `/` of a FastAPI application; `handlers` give its errors the form of the application's."""
    blocks = page(ask, source_of, today, room)
    put: Callable[..., object] = gr.mount_gradio_app
    with warnings.catch_warnings():
        # Gradio warns that it turns off for several pages what we have turned off ourselves.
        warnings.filterwarnings("ignore", message="SSR mode")
        _put(put, app, blocks, handlers)
    expose_only(app, gr.routes.App, frozenset(("/", ROOM)))


def _put(
    put: Callable[..., object], app: object, blocks: gr.Blocks, handlers: Mapping[type[Exception], object]
) -> None:
    put(
        app,
        blocks,
        path="/",
        app_kwargs={"exception_handlers": dict(handlers)},
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        theme=gr.themes.Base(font=FONTS, font_mono=("D2Coding", "monospace"), primary_hue="blue"),
        css_paths=Path(__file__).with_name("style.css"),
        head=HEAD,
    )


def _company_fields() -> list[gr.components.Component]:
    with gr.Row():
        region = gr.Textbox(label="지역", placeholder="경기도 화성시")
        industry = gr.Textbox(label="업종", placeholder="자동차 부품 제조")
    with gr.Row():
        # A number field without a value turns into 0 once it is shown, and unknown must stay unknown.
        employees = gr.Textbox(label="직원 수", placeholder="32")
        size = gr.Dropdown(["모름", *SizeClass], value="모름", label="규모")
        founded = gr.Textbox(label="설립연도", placeholder="2015")
    with gr.Row():
        insured = gr.Radio(["모름", *INSURED], value="모름", label="고용보험")
        needs = gr.Textbox(label="필요한 지원", placeholder="직원 교육, 설비")
    return [region, industry, employees, size, founded, insured, needs]
