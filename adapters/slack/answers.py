"""What a window shows next: after a press, and after a form or a part of one that was sent in."""

from collections.abc import Mapping

from adapters.slack import wording as say
from adapters.slack.parse import Submission
from adapters.slack.text import Json
from adapters.slack.windows import card_window, form_window, line_window, problems_window
from bot.form_parts import first_to_mend, parts
from bot.language import Translator
from bot.messages import Answer, Card, Form


def view_of(show: Form | Card | None, title: str, t: Translator, part: int = 0) -> Json:
    """Return what is shown as a window. No call closes one that is open: where nothing is left to see, it says so."""
    match show:
        case Form():
            return form_window(show, t, part)
        case Card():
            return card_window(show, title)
        case None:
            return line_window(say.done(t), title)


def in_answer(submission: Submission, answer: Answer, t: Translator) -> Json:
    """Return the response to a form: errors on its fields, the next thing to see, or the end of all windows."""
    if answer.errors:
        elsewhere = _part_to_mend(submission, answer, t)
        if elsewhere:
            return {"response_action": "update", "view": elsewhere}
        return {"response_action": "errors", "errors": _on_fields(submission, answer)}
    if answer.show is None:
        return {"response_action": "clear"}
    return {"response_action": "update", "view": view_of(answer.show, submission.title, t, submission.next_part)}


def after_a_while(submission: Submission, answer: Answer, t: Translator) -> Json:
    """Return what comes into the window that has lain on a form since its answer took too long."""
    if not answer.errors:
        return view_of(answer.show, submission.title, t, submission.next_part)
    problems = {submission.labels.get(field, field): problem for field, problem in answer.errors.items()}
    return _part_to_mend(submission, answer, t) or problems_window(problems, submission.title)


def not_taken(submission: Submission, sorry: str) -> Json:
    """Return the response to a form that could not be taken; it stays as it was filled."""
    if submission.labels:
        return {"response_action": "errors", "errors": {next(iter(submission.labels)): sorry}}
    return {"response_action": "push", "view": line_window(sorry, submission.title)}


def _part_to_mend(submission: Submission, answer: Answer, t: Translator) -> Json | None:
    """Return the part of a form with the first wrong field; None where that field is on the screen."""
    form = answer.show
    if not isinstance(form, Form):
        return None
    groups = parts(form.fields)
    wrong = first_to_mend(groups, answer.errors)
    if wrong is None or any(field.name in submission.labels for field in groups[wrong]):
        return None
    return form_window(form, t, wrong, answer.errors)


def _on_fields(submission: Submission, answer: Answer) -> Mapping[str, str]:
    """Slack shows an error only beside a field of the window; what is about no field stands beside the first.

    What is wrong in a later part is told once that part is sent again.
    """
    first = next(iter(submission.labels), "")
    elsewhere = {field.name for field in answer.show.fields} if isinstance(answer.show, Form) else set[str]()
    elsewhere -= submission.labels.keys()
    return {
        field if field in submission.labels else first: problem
        for field, problem in answer.errors.items()
        if field not in elsewhere
    }
