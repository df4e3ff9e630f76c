"""A doorzettingsbesluit as a letter to parents and child, in plain Dutch. Never a BSN, nothing of other parties."""

from itertools import groupby

from django.template.loader import render_to_string
from django.utils import timezone

from cases.decisions.models import Decision
from cases.decisions.rules import ROUTES, DecisionState, look_again_on
from cases.decisions.sign import signed_scopes
from cases.sight.looks import look_at
from reporting.papers.acts import begin_paper, complete
from reporting.papers.footer import footer_of
from reporting.papers.models import Paper
from reporting.pdf.render import render_pdf


def decision_pdf(decision: Decision, *, by) -> bytes:
    """The letter of a decision that was taken. The log row is written before the bytes leave. RenderFailed when it
    cannot be made."""
    look_at(decision.case, by, "decision_printed", row=decision.pk)
    paper = begin_paper(
        Paper.Kind.DECISION,
        by=by,
        cases=[decision.case],
        recipient="ouders en kind",
        purpose="het doorzettingsbesluit vertellen",
    )
    signed_on = timezone.localdate(decision.signed_at)
    replaced = decision.replaced_by.filter(state__in=(DecisionState.ONDERTEKEND, DecisionState.VERVANGEN)).first()
    context = {
        "row": decision,
        "case": decision.case,
        "pupil": decision.case.pupil,
        "footer": footer_of(paper, by=by, about=f"Besluit {decision.number}"),
        "signed_on": signed_on,
        "signers": _signers(decision),
        "conditions": decision.conditions.select_related("organisation"),
        "replaced": replaced,
        "looks": look_again_on(signed_on, decision.start_on),
        "routes": [ROUTES[code] for code in decision.routes],
        "objection": bool({"tlv", "gemeente"} & set(decision.routes)),
    }
    return complete(paper, render_pdf(render_to_string("reporting/records/decision.html", context)))


def _signers(decision: Decision) -> list[dict]:
    """Who signed, each once with all scopes of that mandate text."""

    def key(signature):
        return (
            str(signature.by),
            signature.mandate.organisation.name,
            signature.mandate.source,
            timezone.localdate(signature.at),
        )

    rows = sorted(signed_scopes(decision).values(), key=key)
    return [
        {
            "name": name,
            "organisation": organisation,
            "source": source,
            "on": on,
            "scopes": " en ".join(s.get_scope_display() for s in group),
        }
        for (name, organisation, source, on), group in groupby(rows, key)
    ]
