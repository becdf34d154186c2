"""Opens a form as a dialog."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from adapters.web.elements import block, button, waiting, words
from adapters.web.ports import PersonLine
from adapters.web.questions import Question
from bot.language import N_, Translator
from bot.messages import Answer, Form, Values

Submit = Callable[[Values], Awaitable[Answer | None]]
"""Sends answers in; None says that they did not arrive."""

UNSENT = N_("This could not be sent. Nothing you wrote is lost: please try again.")


async def ask(form: Form, people: Sequence[PersonLine], t: Translator, submit: Submit) -> Answer | None:
    """Open a form, in the language of `t`, and return the answer to what was sent in, or None where it was closed.

    While something is wrong the dialog stays, with all that was filled in and each problem at its field.
    """
    with ui.dialog().props("no-backdrop-dismiss") as dialog, block("window"):
        title = words(form.title, "h2")
        dialog.props["aria-labelledby"] = title.html_id
        labels = {person.id: f"{person.name} · {person.role}" if person.role else person.name for person in people}
        with block("questions"):
            if form.intro:
                words(form.intro, css="text")
            questions = [Question(field, labels, t) for field in form.fields]
        trouble = words("", css="problem").props("role=alert")
        with block("buttons"):
            send = button(form.submit, "primary")
            button(t("Cancel")).on_click(dialog.close)

    async def sent() -> None:
        with waiting(send):
            answer = await submit({question.name: question.answer for question in questions})
        errors = answer.errors if answer else {}
        trouble.text = "" if answer else t(UNSENT)
        for question in questions:
            question.tell(errors.get(question.name, ""))
        for question in [question for question in questions if question.name in errors][:1]:
            question.turn_to()
        if answer and not errors:
            dialog.submit(answer)

    send.on_click(sent)
    answered: Answer | None = await dialog
    if not dialog.is_deleted:
        dialog.delete()
    return answered
