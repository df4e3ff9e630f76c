from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.dossier.states import mermaid

FILE = settings.BASE_DIR / "docs" / "states.md"
HEAD = """# De standen van een dossier

Made by `manage.py states --write` from `cases/dossier/states.py`; a test holds this page against the code.

"""


def page() -> str:
    """The whole page, as it stands in the documentation."""
    return f"{HEAD}```mermaid\n{mermaid()}```\n"


class Command(BaseCommand):
    help = "Tekent de standen van een dossier als Mermaid-diagram. Met --write komt het in docs/states.md."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true")

    def handle(self, *args, write=False, **options):
        if not write:
            self.stdout.write(mermaid())
            return
        try:
            FILE.write_text(page(), encoding="utf-8")
        except OSError as problem:
            raise CommandError(f"{FILE} is niet te schrijven: {problem.strerror}.") from problem
        self.stdout.write(f"1 diagram geschreven naar {FILE.relative_to(settings.BASE_DIR)}")
