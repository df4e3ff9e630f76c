"""The nightly round."""

from collections import Counter
from datetime import date

from django.utils import timezone

from cases.agenda.acts import end_unused
from cases.attachments.scanning import scan_waiting
from cases.clock.acts import keep_time, tally
from cases.escalation.acts import end_expired
from cases.family.acts import forget_codes
from cases.intake.acts import take_in_begun, take_in_waiting
from cases.load.acts import release_leavers
from cases.redivision.acts import carry_out_due
from cases.today.sight import look_for_gaps
from thuiszitters.core.files.keeping import check_files, drop_expired


def run_due(today: date) -> Counter:
    """One round: what a herindeling moves that day, reports without a place, what hung on shares that ran out, the
    clocks of all children, dossiers, deadlines, flags, and the files that are kept.

    The nightly task and `manage.py run_due` both call this. Running it twice changes nothing; running it after days of
    standstill raises what became due in between. Returns counts.
    """
    before = tally()
    carry_out_due(today)
    taken_in = take_in_waiting(today) + take_in_begun(today)
    end_expired()
    release_leavers(today)
    end_unused(today)
    forget_codes(timezone.now())
    counts = keep_time(today)
    counts.update(tally())
    counts.subtract(before)
    counts["meldingen"] = taken_in
    drop_expired()
    scan_waiting()
    counts["beschadigd"] = check_files()["beschadigd"]
    counts["uit beeld"] = look_for_gaps(today)
    return counts
