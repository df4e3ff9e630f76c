"""Asking for a pack, making it in a job, fetching it. The rights of who asked are looked at when it is asked, made and
fetched."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.stops import queries as stops
from cases.stops.models import Stop
from reporting.packs import making
from reporting.packs.models import MEANWHILE, NO_LONGER, Pack
from reporting.papers.acts import begin_paper, complete, pages_in
from reporting.papers.models import Paper
from reporting.papers.variants import Variant
from reporting.pdf.joining import Joined
from reporting.pdf.render import RenderFailed, render_papers
from thuiszitters.core.files import keeping as files
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.audit import log_event, log_look
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import seal, unseal

MAKE = "stapel"
KEPT = timedelta(days=14)
NOTHING = "Er staat nog geen dossier op de agenda dat u kunt meenemen."
OF_ANOTHER = "Deze stapel is door een collega gemaakt. Maak er zelf een: wat u mag lezen kan verschillen."
CHANGED = "Er staat geen stapel meer klaar. Maak een nieuwe."


def ask(
    stop: Stop,
    *,
    level: Variant,
    recipient: str,
    purpose: str,
    partner: Organisation | None = None,
    form: str = Pack.Form.PAGES,
    password: str = "",
    by: User,
) -> Pack:
    """Order a pack of all dossiers on the agenda that `by` may take along now; asked again while it is being made (a
    second click) it is the same one. NotNow when there are none."""
    cases = list(stops.candidates_ever(by).filter(stops__stop=stop))
    if not cases:
        raise NotNow(NOTHING)
    with transaction.atomic():
        Stop.objects.select_for_update().get(pk=stop.pk)
        same = stop.packs.filter(paper__by=by, paper__recipient=recipient, level=level, partner=partner, form=form)
        for pack in same.select_related("job"):
            if pack.is_going_on and password == (unseal(pack.password_sealed) if pack.password_sealed else ""):
                return pack
        log_event("pack_asked", by=by, pupils=[c.pupil_id for c in cases], row=stop.pk, purpose=purpose)
        paper = begin_paper(Paper.Kind.PACK, by=by, cases=cases, variant=level, recipient=recipient, purpose=purpose)
        pack = Pack.objects.create(
            paper=paper,
            stop=stop,
            level=level,
            partner=partner,
            form=form,
            total=len(cases),
            password_sealed=seal(password) if password else "",
        )
        pack.job = jobs.enqueue(MAKE, pack.pk, by)
        pack.save(update_fields=["job"])
    return pack


class Stopped(Exception):
    """Somebody broke it off."""


def make(pk: int) -> None:
    """Make the pack. Run again after a worker was lost it begins anew; of two that run, one result is kept."""
    pack = Pack.objects.select_related("paper__by", "stop__region", "partner").get(pk=pk)
    if pack.made_at or pack.cancelled_at or pack.problem:
        return
    if not _allowed(pack, pack.maker):
        log_event("pack_made", by=pack.paper.by, result="geweigerd", row=pack.stop_id)
        Pack.objects.filter(pk=pk).update(problem=NO_LONGER, password_sealed="")
        return
    pupils = list(Case.objects.filter(papers__paper=pack.paper).values_list("pupil_id", flat=True))
    log_look(pack.paper.by, "pack_made", pupils=pupils, row=pack.stop_id, purpose=pack.paper.purpose)
    seen = making.seen_in(pack, pack.paper.by)
    try:
        content, pages = _zip(pack) if pack.form == Pack.Form.ZIP else _pages(pack)
    except Stopped:
        return
    except RenderFailed as problem:
        if pack.job and pack.job.tries >= jobs.MAX_TRIES:
            Pack.objects.filter(pk=pk).update(problem=str(problem)[:300])  # the password stays for another try
        raise
    # Rights that changed while it was made are in some of its pages and not in others.
    if not _allowed(pack, pack.maker) or making.seen_in(pack, pack.paper.by) != seen:
        log_event("pack_made", by=pack.paper.by, result="geweigerd", row=pack.stop_id)
        Pack.objects.filter(pk=pk, made_at=None).update(problem=MEANWHILE, password_sealed="")
        return
    _keep(pack, content, pages, seen)


def _allowed(pack: Pack, user: User) -> bool:
    """Whether the user may take every dossier of it along now."""
    wanted = set(pack.paper.cases.values_list("case_id", flat=True))
    return wanted <= set(stops.candidates_ever(user).filter(pk__in=wanted).values_list("pk", flat=True))


def _pages(pack: Pack) -> tuple[bytes, int]:
    children = making.children_of(pack)
    with Joined() as whole:
        for done, pdf in enumerate(render_papers(making.pages_of(pack, children))):
            whole.add(pdf)
            _progress(pack, done)
        return whole.content(), whole.pages


def _zip(pack: Pack) -> tuple[bytes, int]:
    children = making.children_of(pack)
    names = ["000-overzicht.pdf", *(making.file_name(n, child) for n, child in enumerate(children, start=1))]
    found, pages = [], 0
    for done, pdf in enumerate(render_papers(making.dossiers_of(pack, children))):
        found.append((names[done], pdf))
        pages += pages_in(pdf)
        _progress(pack, done)
    return making.zipped(found, unseal(pack.password_sealed) if pack.password_sealed else ""), pages


def _progress(pack: Pack, done: int) -> None:
    """How far it is, for who waits. Stopped when somebody broke it off meanwhile."""
    if not Pack.objects.filter(pk=pack.pk, cancelled_at=None).update(done=min(done, pack.total)):
        raise Stopped


def _keep(pack: Pack, content: bytes, pages: int, seen: str) -> None:
    """The file, then in one transaction the pack and the line of the paper; whoever comes second leaves no trace."""
    now = timezone.now()
    file = files.keep(content, "stapels", until=max(now, pack.stop.starts_at) + KEPT)
    with transaction.atomic():
        free = Pack.objects.filter(pk=pack.pk, made_at=None, cancelled_at=None)
        mine = free.update(file=file, made_at=now, done=pack.total, password_sealed="", seen=seen)
        if mine:
            complete(pack.paper, content, pages=pages)
    if not mine:
        files.drop(file)


def cancel(pack: Pack) -> None:
    """Break it off; NotNow when it is ready already."""
    going = Pack.objects.filter(pk=pack.pk, made_at=None, cancelled_at=None)
    if not going.update(cancelled_at=timezone.now(), password_sealed=""):
        raise NotNow("Deze stapel is al klaar of al afgebroken.")


def try_again(pack: Pack) -> None:
    """Another try of one that failed; NotNow when it did not."""
    if not pack.can_be_tried_again or not pack.job or not jobs.try_again(pack.job):
        raise NotNow("Deze stapel is niet mislukt.")
    Pack.objects.filter(pk=pack.pk).update(problem="", done=0)


def fetch(pack: Pack, *, by: User) -> bytes:
    """The file, for who ordered it, while what maker and reader may read is what it was. The look is logged before the
    bytes leave. NotNow when there is none or it may not; `FileDamaged` when it is not what was kept."""
    if by.pk != pack.paper.by_id:
        raise NotNow(OF_ANOTHER)
    if not _allowed(pack, by) or (pack.file and making.seen_in(pack, by) != pack.seen):
        log_event("pack_fetched", by=by, result="geweigerd", row=pack.stop_id)
        raise NotNow(NO_LONGER)
    if not pack.file:
        raise NotNow(CHANGED)
    pupils = list(Case.objects.filter(papers__paper=pack.paper).values_list("pupil_id", flat=True))
    log_look(by, "pack_fetched", pupils=pupils, row=pack.stop_id, purpose=pack.paper.purpose)
    return files.fetch(pack.file)


JOBS = {MAKE: make}
